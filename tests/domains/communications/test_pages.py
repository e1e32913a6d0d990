"""The network's own pages: written in the office, seen when published, and by nobody before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kilauta.domains.communications import operations, queries
from kilauta.domains.communications.models import Contact, Page
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from tests.cast import KAAKKO, NOW, Visitor

from .office_story import at_work, page, read, seen, writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

EVIL = '<script>alert(1)</script> [a"onclick=x](javascript:alert(1)) <img src=x>'
TYPED = {"title_fi": "Toinen", "text_fi": "Hei.", "position": "0"}


@pytest.fixture(autouse=True)
def _nothing_written() -> None:
    """The demo has words of its own; these tests begin without."""
    Page.objects.all().delete()
    Contact.objects.all().delete()


def system():
    return Person.objects.system()


# What the public sees


def test_a_page_is_seen_at_its_address_while_it_is_published():
    draft = page(published=False)
    seen("/sivut/uusi-sivu/", status=404)
    operations.publish(draft, actor=system(), now=NOW)
    assert seen("/en/sivut/uusi-sivu/").h1.get_text() == "A new page"
    operations.withdraw(draft, actor=system(), now=NOW)
    seen("/sivut/uusi-sivu/", status=404)


def test_a_page_is_of_its_own_network_only():
    page()
    seen("/sivut/uusi-sivu/", KAAKKO, status=404)


def test_a_text_in_another_language_than_the_page_is_marked():
    page()
    text = seen("/sv/sivut/uusi-sivu/").select_one(".prose p")
    assert (text["lang"], text.get_text()) == ("fi", "Tervetuloa.")


def test_what_looks_like_html_is_shown_as_it_was_typed_and_only_web_addresses_are_links():
    page(text_fi=f"{EVIL} https://hyva.example/ [Kotimme](https://koti.example/)", title_fi="<b>Hei")
    found = seen("/sivut/b-hei/")
    text = found.select_one(".prose")
    assert [link["href"] for link in text.find_all("a")] == ["https://hyva.example/", "https://koti.example/"]
    assert text.find_all(["script", "img"]) == []
    assert EVIL in text.get_text()
    assert found.h1.get_text().replace("\u00ad", "") == "<b>Hei"


def test_who_we_are_stands_on_the_page_about_the_service():
    page(kind="about", text_fi="Olemme naapureita.")
    page(kind="about", network="kaakko", text_fi="Olemme muita.")
    assert "Olemme naapureita." in seen("/tietoa/").main.get_text()
    assert "naapureita" not in seen("/tietoa/", KAAKKO).main.get_text()


def test_the_foot_leads_to_a_page_that_asks_for_it_and_marks_a_foreign_name():
    page(in_foot=True, title_sv="", title_en="")
    page(title_fi="Toinen sivu")
    page(network="kaakko", in_foot=True, title_fi="Muiden sivu")
    page(published=False, in_foot=True, title_fi="Luonnos")
    foot = seen("/sv/haku/").footer.select("a[href*='/sivut/']")
    assert [(link["href"], link.get("lang")) for link in foot] == [("/sv/sivut/uusi-sivu/", "fi")]


def test_the_pages_at_the_foot_cost_a_page_nothing():
    visitor = Visitor()
    visitor.get("/tietosuoja/")
    with CaptureQueriesContext(connection) as before:
        visitor.get("/tietosuoja/")
    for number in range(3):
        page(in_foot=True, title_fi=f"Sivu {number}")
    visitor.get("/tietosuoja/")
    with CaptureQueriesContext(connection) as after:
        assert b"/sivut/sivu-2/" in visitor.get("/tietosuoja/").content
    assert len(after) == len(before) == 1


def test_contacts_are_told_by_role_in_their_order():
    for place, (duty, phone) in enumerate((("steering", ""), ("coordinator", "050 555 0101"))):
        values = {"duty": duty, "phone": phone, "email": "yhteinen@verkosto.example", "position": 9 - place}
        operations.add_contact("kainuu", values=values, actor=system(), now=NOW)
    section = seen("/en/yhteystiedot/").main
    names = [
        each.get_text().replace("\u00ad", "") for each in section.select("p.line-name") if each.get_text()
    ]
    assert names == ["Coordination of the network", "Steering group"]
    assert section.select_one("a[href='tel:+358505550101']") is not None
    assert "Coordination" not in seen("/en/yhteystiedot/", KAAKKO).main.get_text()


# The deeds


def test_a_change_of_a_published_page_is_seen_at_once_and_remembered_once():
    shown = page()
    operations.change(shown, values={"text_fi": "Uutta."}, actor=system(), now=NOW)
    operations.change(shown, values={"text_fi": "Uutta."}, actor=system(), now=NOW)
    assert seen("/sivut/uusi-sivu/").select_one(".prose").get_text() == "Uutta."
    with translation.override("en"):
        rows = queries.history_of(shown)
    assert [row.did for row in rows] == ["Changed", "Published", "Written"]
    assert [(each.old, each.new) for each in rows[0].differences] == [("Tervetuloa.", "Uutta.")]


def test_what_is_published_already_keeps_its_day():
    shown = page()
    operations.publish(shown, actor=system(), now=NOW + timedelta(days=3))
    assert Page.objects.get().published_at == NOW


def test_a_second_page_of_the_same_name_gets_an_address_of_its_own():
    assert [page().slug, page().slug, page("kaakko").slug] == ["uusi-sivu", "uusi-sivu-2", "uusi-sivu"]


@pytest.mark.parametrize(
    ("kind", "values", "code"),
    [
        ("own", {"text_fi": "Hei."}, "missing"),
        ("own", {"title_fi": "Hei", "text_fi": " "}, "missing"),
        ("about", {"text_fi": "Olen 131052-308T."}, "identity-number"),
        ("contacts", {"text_fi": "Toinen."}, "there-already"),
    ],
)
def test_a_page_is_refused_with_a_reason(kind, values, code):
    page(kind="contacts")
    with pytest.raises(Refused) as refused:
        operations.add_page("kainuu", kind=kind, values=values, actor=system(), now=NOW)
    assert refused.value.code == code


def test_the_database_holds_one_page_of_a_kind_for_each_network():
    page(kind="about")
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.create(network_id="kainuu", kind="about", text_fi="Toinen.")


def test_advice_tells_of_long_sentences_empty_link_words_names_and_missing_languages():
    held = page(text_fi=f"Klikkaa tästä. {'sana ' * 20}", text_sv="Hej.", text_en="Hi.")
    assert len(queries.advice(held)) == 2
    values = {"duty": "coordinator", "phone": "", "email": "etu.sukunimi@verkosto.example"}
    own = operations.add_contact("kainuu", values=values, actor=system(), now=NOW)
    assert [each.excerpt for each in queries.advice(own)] == ["etu.sukunimi@verkosto.example"]
    shared = operations.change(own, values={"email": "neuvonta@verkosto.example"}, actor=system(), now=NOW)
    assert queries.advice(shared) == ()


# The office


def test_a_page_is_written_looked_at_published_and_withdrawn_in_the_office():
    client = at_work(writer())
    looked = client.post("/koordinointi/sivut/uusi/oma/", {**TYPED, "do": "look"})
    assert read(looked).select_one(".preview .prose").get_text() == "Hei."
    assert Page.objects.count() == 0
    own = client.post("/koordinointi/sivut/uusi/oma/", {**TYPED, "do": "save"})["Location"]
    assert read(client.get(own)).select_one(".preview .prose").get_text() == "Hei."
    seen("/sivut/toinen/", status=404)
    client.post(own, {"do": "publish"})
    seen("/sivut/toinen/")
    client.post(own, {"do": "withdraw"})
    seen("/sivut/toinen/", status=404)
    verbs = Change.objects.filter(actor__name="Diana").order_by("id")
    assert [(each.label, each.verb) for each in verbs] == [
        ("communications.Page", verb) for verb in ("made", "published", "withdrawn")
    ]


def test_fields_that_are_not_asked_for_change_nothing():
    client, held = at_work(writer()), page(kind="about", published=False)
    more = {"published_at": "2026-01-01", "network": "kaakko", "slug": "muu", "kind": "own", "in_foot": "on"}
    client.post(f"/koordinointi/sivut/{held.pk}/muokkaa/", {**TYPED, **more})
    now = Page.objects.get()
    assert (now.network_id, now.kind, now.slug, now.title_fi, now.in_foot, now.published_at, now.text_fi) == (
        "kainuu", "about", "", "", False, None, "Hei.",
    )  # fmt: skip


def test_another_network_cannot_open_or_change_a_page():
    client, held = at_work(writer("kaakko"), KAAKKO), page()
    for address in (f"/koordinointi/sivut/{held.pk}/", f"/koordinointi/sivut/{held.pk}/muokkaa/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {**TYPED, "do": "withdraw"}).status_code == 404
    assert Page.objects.get().text_fi == "Tervetuloa."


def test_what_was_typed_stays_when_something_is_wrong():
    response = at_work(writer()).post("/koordinointi/sivut/uusi/oma/", {"text_sv": "Hej.", "position": "x"})
    form = read(response)
    assert form.find(id="id_text_sv").get_text().strip() == "Hej."
    assert len(form.select(".errors li")) == 3
