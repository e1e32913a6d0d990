"""Links: to elsewhere on the page about the service, and those anywhere that lead nowhere."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import pytest

from kilauta.domains.booking.models import Booking
from kilauta.domains.communications import operations, queries
from kilauta.domains.communications.logic import line_is_down
from kilauta.domains.communications.models import Link, News, Page, WebAddress
from kilauta.domains.communications.ports.jobs import JOBS, look_at_links
from kilauta.domains.directory.models import Channel, EService, ExternalLink, Organisation
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit import recording
from kilauta.kit.refusals import Refused
from tests import factories
from tests.cast import KAAKKO, NOW

from .office_story import at_work, page, read, seen, writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DEAD = "https://poissa.example/sivu"
WORDS = {"kind": "national", "label_fi": "Muualla", "position": 0}
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_addresses() -> None:
    """The demo links to many places; these tests begin without."""
    for model in (Link, Page, News, ExternalLink, WebAddress):
        model.objects.all().delete()
    Organisation.objects.update(website="")
    EService.objects.update(url="")
    Booking.objects.all().delete()
    Channel.objects.exclude(url="", booking_url="").delete()


def link(network="kainuu", url=DEAD, **more):
    values = {**WORDS, "url": url, **more}
    return operations.add_link(network, values=values, actor=Person.objects.system(), now=NOW)


def failed(*faults, url=DEAD, start=NOW):
    standing = {each.url for each in queries.standing()}
    for number, fault in enumerate(faults):
        operations.hold_faults([(url, fault)], standing=standing, now=start + number * DAY)


# Links to elsewhere


def test_links_stand_on_the_page_about_the_service_by_kind():
    link(kind="social", label_fi="Me somessa", url="https://some.example/")
    link(label_sv="Annanstans")
    link("kaakko", label_fi="Muiden")
    main = seen("/sv/tietoa/").main
    found = [(a["href"], a.get_text().replace("\u00ad", "")) for a in main.select("a[href^='https:']")]
    assert found == [(DEAD, "Annanstans"), ("https://some.example/", "Me somessa")]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://muu.example/", "data:text/html,x", ""])
def test_only_a_web_address_is_a_link(url):
    with pytest.raises(Refused) as refused:
        link(url=url)
    assert refused.value.code == "not-web"
    form = {"kind": "national", "label_fi": "Muualla", "position": "0", "url": url}
    assert at_work(writer()).post("/koordinointi/linkit/uusi/", form).status_code == 200
    assert Link.objects.count() == 0


def test_one_address_is_linked_once_in_a_network():
    link()
    link("kaakko")
    with pytest.raises(Refused) as refused:
        link()
    assert refused.value.code == "there-already"


def test_a_link_is_added_changed_and_removed_in_the_office():
    client = at_work(writer())
    form = {"kind": "partner", "label_fi": "Naapuri", "position": "1", "url": "https://naapuri.example/"}
    client.post("/koordinointi/linkit/uusi/", form)
    held = Link.objects.get()
    client.post(f"/koordinointi/linkit/{held.pk}/", {**form, "label_fi": "Naapurit"})
    assert Link.objects.get().label_fi == "Naapurit"
    client.post(f"/koordinointi/linkit/{held.pk}/", {"do": "remove"})
    assert Link.objects.count() == 0
    verbs = [row.verb for row in recording.history("communications.Link", held.pk)]
    assert verbs == ["removed", "changed", "made"]


def test_another_network_cannot_remove_a_link():
    held = link()
    client = at_work(writer("kaakko"), KAAKKO)
    assert client.post(f"/koordinointi/linkit/{held.pk}/", {"do": "remove"}).status_code == 404
    assert Link.objects.count() == 1


# Dead links


def test_every_public_address_is_found_with_what_it_stands_in():
    link()
    page(text_fi="Katso [ohje](https://ohje.example/a) ja https://ohje.example/b.")
    page(published=False, text_fi="https://luonnos.example/")
    giver = factories.organisation("linkki", website="https://oma.example/", steward_id="kainuu")
    factories.organisation("luonnos", website="https://piilo.example/", state="draft")
    service = factories.service("linkki", giver, steward_id="kainuu")
    factories.channel("linkki", service, mode="remote", phone="", url="https://eta.example/")
    ExternalLink.objects.create(service=service, kind="website", url="https://lisa.example/")
    found = {(each.url, each.kind) for each in queries.standing()}
    assert found == {
        (DEAD, "link"),
        ("https://ohje.example/a", "page"),
        ("https://ohje.example/b", "page"),
        ("https://oma.example/", "organisation"),
        ("https://eta.example/", "channel"),
        ("https://lisa.example/", "service"),
    }
    assert queries.standing("kaakko") == []


def test_an_address_is_listed_after_its_second_failure_and_leaves_when_it_works():
    link()
    failed("no-answer")
    assert queries.dead_links("kainuu") == []
    failed("no-answer", "gone")
    assert [(each.address.url, each.address.fault) for each in queries.dead_links("kainuu")] == [
        (DEAD, "gone")
    ]
    assert queries.dead_links("kaakko") == []
    failed("")
    assert queries.dead_links("kainuu") == []


def test_the_list_names_the_entry_and_leads_to_its_editor():
    giver = factories.organisation("linkki", website=DEAD, steward_id="kainuu")
    failed("gone", "gone")
    list_of_dead = read(at_work(writer()).get("/koordinointi/linkit/")).main
    (editor,) = list_of_dead.select(f"a[href='/tyopoyta/oma/organisaatio/{giver.pk}/']")
    assert editor.get_text().replace("\u00ad", "").endswith(giver.name_fi)


def test_an_address_that_stands_nowhere_any_more_is_forgotten():
    held = link()
    failed("gone", "gone")
    operations.remove(held, actor=Person.objects.system(), now=NOW)
    operations.hold_faults([], standing=[], now=NOW)
    assert WebAddress.objects.count() == 0


def test_an_address_has_its_turn_weekly_and_the_night_after_a_failure():
    urls = ["https://hyva.example/", DEAD, "https://uusi.example/"]
    for url in urls:
        link(url=url)
    failed("", url=urls[0])
    failed("gone")
    turns = [queries.due_addresses(urls, now=NOW + after) for after in (0 * DAY, DAY, 6 * DAY, 7 * DAY)]
    assert [set(each) for each in turns] == [
        {urls[2]},
        {urls[2], DEAD},
        {urls[2], DEAD},
        set(urls),
    ]


def test_the_nightly_work_asks_nobody_behind_our_own_walls(settings):
    settings.DEMO = False
    link(url="http://127.0.0.1:9/")
    link(url="http://[::1]:5432/")
    look_at_links(NOW)
    assert set(WebAddress.objects.values_list("fault", flat=True)) == {"not-public"}
    assert [job.name for job in JOBS] == ["communications.links"]


@pytest.fixture
def site(tmp_path):
    """A web site of this machine with one page."""
    (tmp_path / "ohje").write_text("Ohje")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        """Say nothing."""


def test_a_link_to_a_page_that_is_gone_is_found_in_two_nights(site, settings):
    settings.DEMO = False
    page(text_fi=f"Lue {site}/ohje ja {site}/poissa.")
    for night in range(2):
        look_at_links(NOW + night * DAY, allowed=lambda _address, _port: True)
    (dead,) = queries.dead_links("kainuu")
    assert (dead.address.url, dead.address.fault) == (f"{site}/poissa", "gone")
    assert [(each.kind, str(each.name.fi)) for each in dead.standing] == [("page", "Uusi sivu")]


def test_when_nobody_at_all_can_be_reached_it_is_we_who_are_cut_off():
    assert [line_is_down(["no-host"] * number) for number in (0, 5, 6)] == [False, False, True]
    assert not line_is_down(["no-answer"] * 9 + [""])
    assert not line_is_down(["no-answer"] * 9 + ["gone"])


def test_the_example_addresses_of_the_demo_are_not_asked(settings):
    settings.DEMO = True
    link()
    look_at_links(NOW)
    assert WebAddress.objects.count() == 0


def test_a_stranger_signs_in_first_and_a_supporter_is_refused(client):
    assert client.get("/koordinointi/linkit/")["Location"].startswith("/tili/")
    helper = Person.objects.create(email=f"{uuid4()}@posti.example")
    assert at_work(helper).get("/koordinointi/linkit/").status_code == 403
