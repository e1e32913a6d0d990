"""The lists of words, rules, e-services and clocks: what is changed is seen, and only by whom it belongs to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import translation

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import ROUTE_NAMES, read_values
from kilauta.domains.directory.models import (
    Audience,
    EService,
    EverydayGroup,
    Limit,
    Organisation,
    RoutingRule,
    Service,
    Theme,
    Topic,
    Verification,
    VerificationClock,
)
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from kilauta.kit.search import index
from kilauta.site.reference import load_reference_data
from tests.cast import NOW, WroteError, only_reading
from tests.domains.directory.keeping import by
from tests.domains.directory.owning import typed
from tests.domains.registering import bengt, end, keeper, new, one, read, rows, save, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def verbs(label: str, key: object) -> list[str]:
    found = Change.objects.filter(label=label, thing_id=str(key)).exclude(actor=Person.objects.system())
    return list(found.order_by("id").values_list("verb", flat=True))


def test_a_new_topic_stands_on_the_page_of_topics_and_a_retired_one_stands_nowhere() -> None:
    client, named = (
        keeper(),
        {"name_fi": "Älykotilaitteet", "name_sv": "Smarta hem", "name_en": "Smart homes"},
    )
    answer = save(client, new("aiheet"), side="a", theme="laitteet", examples_fi="älylamppu", **named)
    assert answer.status_code == 302
    made = Topic.objects.get(name_fi="Älykotilaitteet")
    assert made.code == "a-alykotilaitteet"
    assert "Älykotilaitteet" in read("/aiheet/")
    assert "Smarta hem" in read("/sv/aiheet/")
    assert read("/haku/?q=älylamppu").count("/aiheet/a-alykotilaitteet/") > 0
    assert end(client, "aiheet", made.code).status_code == 302
    assert "Älykotilaitteet" not in read("/aiheet/")
    assert "a-alykotilaitteet" not in read("/haku/?q=älylamppu")
    assert ">Retired<" in told(client.get("/en" + rows("aiheet")))
    assert end(client, "aiheet", made.code, "back").status_code == 302
    assert "Älykotilaitteet" in read("/aiheet/")
    assert verbs("directory.Topic", made.code) == ["created", "changed", "changed"]
    assert index.faults() == []


def test_a_changed_name_is_found_in_the_services_that_use_it() -> None:
    ours = Service.objects.filter(state="published", channels__area__networks="kainuu")
    service = ours.filter(audiences_also__isnull=False).order_by("external_id")[0]
    audience = service.audiences_also.order_by("pk")[0]
    assert save(keeper(), one("kohderyhmat", audience.pk), name_fi="Zkohdemerkki").status_code == 302
    assert Audience.objects.get(pk=audience.pk).name_fi == "Zkohdemerkki"
    assert index.faults() == []
    assert service.short_id in read("/haku/?q=Zkohdemerkki")


def test_the_list_tells_how_many_services_use_a_value() -> None:
    topic = Topic.objects.get(pk="a-laite")
    using = topic.services.exclude(state="withdrawn").distinct().count()
    assert using > 1
    page = told(bengt().get(rows("aiheet")))
    row = page.partition(topic.name_fi)[2].partition("</li>")[0]
    assert re.search(rf": {using}\b", row)


def test_a_theme_with_topics_and_the_only_topic_of_a_group_are_not_retired() -> None:
    with pytest.raises(Refused) as refused:
        operations.retire_term(Theme.objects.get(pk="laitteet"), **by())
    assert refused.value.code == "in-use"
    group = EverydayGroup.objects.order_by("pk")[0]
    group.topics.set(["a-laite"])
    with pytest.raises(Refused) as refused:
        operations.retire_term(Topic.objects.get(pk="a-laite"), **by())
    assert refused.value.code == "in-use"
    client = keeper()
    assert end(client, "teemat", "laitteet")["Location"] == one("teemat", "laitteet")
    assert Theme.objects.get(pk="laitteet").retired_on is None


def test_two_values_of_one_name_are_refused_and_what_was_typed_stays() -> None:
    held = Limit.objects.get(pk="no-repairs")
    answer = save(keeper(), new("rajat"), name_fi=held.name_fi.upper(), description_fi="Muut sanat")
    assert answer.status_code == 200
    assert "Muut sanat" in told(answer)
    assert Limit.objects.filter(name_fi__iexact=held.name_fi).count() == 1


def test_an_everyday_group_is_a_choice_of_the_first_page() -> None:
    client = keeper()
    save(client, new("arjen-ryhmat"), name_fi="Zryhmämerkki", topics=["a-laite"], position="0")
    made = EverydayGroup.objects.get(name_fi="Zryhmämerkki")
    assert "Zryhmämerkki" in read("/")
    end(client, "arjen-ryhmat", made.pk)
    assert "Zryhmämerkki" not in read("/")
    assert verbs("directory.EverydayGroup", made.pk) == ["created", "changed"]


def test_a_rule_says_in_words_what_it_does_before_it_is_saved() -> None:
    client, at = keeper(), one("saannot", "a-laite")
    typing = typed(client.get(at), prefer="bank", forbidden_kinds=["company"])
    looked = (
        told(client.post(at, {**typing, "do": "look"})).partition('id="told"')[2].partition("</section>")[0]
    )
    with translation.override("fi"):
        assert str(ROUTE_NAMES["bank"]) in looked
    assert "Yritys" in looked
    assert RoutingRule.objects.get(pk="a-laite").prefer == "digital-support"
    assert save(client, at, prefer="authority", fallback="", warn_fi="Zvaroitusmerkki").status_code == 302
    assert RoutingRule.objects.get(pk="a-laite").prefer == "authority"
    assert "Zvaroitusmerkki" in read("/kilauta/a-laite/290-kuhmo/")
    assert verbs("directory.RoutingRule", "a-laite") == ["changed"]


def test_a_rule_that_contradicts_itself_is_refused() -> None:
    client, at = keeper(), one("saannot", "a-laite")
    assert save(client, at, prefer="bank", forbidden_kinds=["bank"]).status_code == 200
    assert save(client, at, prefer="bank", fallback="bank").status_code == 200
    assert RoutingRule.objects.get(pk="a-laite").prefer == "digital-support"


def test_a_rule_is_taken_away_and_made_again() -> None:
    client = keeper()
    assert end(client, "saannot", "a-laite").status_code == 302
    assert not RoutingRule.objects.filter(topic="a-laite").exists()
    save(client, new("saannot"), topic="a-laite", prefer="digital-support", say_fi="Zsanomerkki")
    assert "Zsanomerkki" in read("/kilauta/a-laite/290-kuhmo/")
    assert verbs("directory.RoutingRule", "a-laite") == ["removed", "created"]


def test_an_e_service_of_the_network_is_added_changed_and_taken_from_the_public() -> None:
    client = bengt()
    owner = Organisation.objects.filter(state="published").order_by("pk")[0]
    answer = save(
        client, new("sahkoiset-palvelut"), name_fi="Zasiamerkki", owner=str(owner.pk), topics=["b-pankki"]
    )
    assert answer.status_code == 302
    made = EService.objects.get(name_fi="Zasiamerkki")
    assert (made.steward_id, made.state) == ("kainuu", "published")
    assert "Zasiamerkki" in read("/sahkoiset-palvelut/")
    save(client, one("sahkoiset-palvelut", made.pk), description_fi="Zkuvausmerkki")
    assert "Zkuvausmerkki" in read(f"/sahkoiset-palvelut/{made.short_id}-zasiamerkki/")
    end(client, "sahkoiset-palvelut", made.pk)
    assert "Zasiamerkki" not in read("/sahkoiset-palvelut/")
    assert verbs("directory.EService", made.pk) == ["created", "changed", "withdrawn"]


def test_clocks_are_the_networks_own_and_what_is_due_is_reckoned_anew() -> None:
    client = bengt()
    assert client.get(rows("tarkistusajat"))["Location"] == one("tarkistusajat", "kainuu")
    assert save(client, one("tarkistusajat", "kainuu"), hours="30").status_code == 302
    assert VerificationClock.objects.get(network="kainuu", group="hours").days == 30
    checked = Verification.objects.filter(group="hours", place__steward="kainuu")[0]
    assert (checked.due_on - checked.verified_on).days == 30
    assert not VerificationClock.objects.filter(network="kaakko").exists()
    assert save(client, one("tarkistusajat", "kainuu"), hours="3").status_code == 200
    assert VerificationClock.objects.get(network="kainuu", group="hours").days == 30


def test_the_hours_of_the_networks_phone_are_changed_once_and_seen_on_every_page() -> None:
    client = bengt()
    at = client.get(rows("puhelinajat"))["Location"]
    assert at == "/koordinointi/rekisterit/puhelinajat/aukiolo/"
    looked = client.post(at, {**typed(client.get(at), w0_1_0_opens="7.45"), "do": "preview"})
    assert "7.45" in told(looked)
    before = read("/").partition("<footer")[2]
    assert save(client, at, kind="unknown").status_code == 302
    assert not Network.objects.get(pk="kainuu").hours.filter(exception=False, holiday="").exists()
    assert read("/").partition("<footer")[2] != before
    assert client.get("/koordinointi/rekisterit/puhelinajat/poikkeukset/").status_code == 200
    assert client.get("/koordinointi/rekisterit/puhelinajat/pyhat/").status_code == 200
    assert client.get("/koordinointi/rekisterit/puhelinajat/nonsense/").status_code == 404
    assert verbs("territory.Network", "kainuu") == ["changed"]


SHARED = ("aiheet", "teemat", "arjen-ryhmat", "kohderyhmat", "rajat", "mista-tieto", "saannot")
KEYS = {
    "aiheet": "a-laite",
    "teemat": "laitteet",
    "arjen-ryhmat": "puhelin",
    "rajat": "no-repairs",
    "mista-tieto": "library",
    "saannot": "a-laite",
}


@pytest.mark.parametrize("word", SHARED)
def test_where_there_are_two_networks_a_coordinator_reads_what_they_share(word: str) -> None:
    client, key = bengt(), KEYS.get(word, Audience.objects.order_by("pk")[0].pk)
    page = client.get(rows(word))
    assert page.status_code == 200
    assert new(word) not in told(page)
    answers = [
        client.get(new(word)),
        client.get(one(word, key)),
        client.post(one(word, key)),
        end(client, word, key),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_an_e_service_of_another_network_is_not_there() -> None:
    held = EService.objects.order_by("pk")[0]
    EService.objects.filter(pk=held.pk).update(steward="kaakko")
    client = bengt()
    assert str(held.pk) not in told(client.get(rows("sahkoiset-palvelut")))
    answers = [client.get(one("sahkoiset-palvelut", held.pk)), end(client, "sahkoiset-palvelut", held.pk)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert client.get(one("sahkoiset-palvelut", "nonsense")).status_code == 404
    assert client.get(one("tarkistusajat", "kaakko")).status_code == 404


def test_reading_a_register_writes_nothing_and_fields_of_ones_own_change_nothing() -> None:
    client = keeper()
    client.get(rows("aiheet"))  # the session says when it was seen
    try:
        with only_reading():
            for at in ("/koordinointi/rekisterit/", rows("aiheet"), new("aiheet"), one("aiheet", "a-laite")):
                assert client.get(at).status_code == 200
    except WroteError as wrote:
        pytest.fail(str(wrote))
    before = Topic.objects.filter(pk="a-laite").values().get()
    extra: dict[str, Any] = {"code": "zoo", "retired_on": "2020-01-01", "side": "b"}
    save(client, one("aiheet", "a-laite"), **extra)
    assert Topic.objects.filter(pk="a-laite").values().get() == before
    assert not Topic.objects.filter(pk="zoo").exists()


def test_what_a_coordinator_changed_outlives_the_next_setup() -> None:
    system = Person.objects.system()
    operations.change_term(Topic.objects.get(pk="a-laite"), {"name_fi": "Zoma nimi"}, **by())
    operations.retire_term(Limit.objects.get(pk="no-repairs"), **by())
    made = operations.add_term(Audience, {"name_fi": "Zoma ryhmä"}, **by())
    operations.remove_rule(RoutingRule.objects.get(pk="a-laite"), **by())
    Topic.objects.filter(pk="a-netti").update(
        name_fi="Zvanha nimi"
    )  # nobody did this: the product's own words win
    report = load_reference_data(actor=system, now=NOW)
    assert report.problems == []
    assert Topic.objects.get(pk="a-laite").name_fi == "Zoma nimi"
    assert Limit.objects.get(pk="no-repairs").retired_on is not None
    assert Audience.objects.get(pk=made.pk).retired_on is None
    assert not RoutingRule.objects.filter(pk="a-laite").exists()
    words = {value.code: value.name.fi for value in read_values() if value.list == "topic"}
    assert Topic.objects.get(pk="a-netti").name_fi == words["a-netti"]
