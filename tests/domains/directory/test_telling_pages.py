"""What anybody tells us without an account: received once, looked at, done, and answered to whoever told it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kilauta.domains.directory import operations
from kilauta.domains.directory.models import Channel, Organisation, Proposal, Service
from kilauta.domains.directory.queries import catalogue
from kilauta.kit.access import pledging
from kilauta.kit.access.models import Invitation
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.recording import history
from kilauta.kit.forms.door import MOST, WITHIN
from kilauta.kit.limits import counters
from kilauta.kit.outbox.models import Message
from kilauta.kit.privacy import retention
from kilauta.kit.privacy.models import Access
from tests.cast import KAINUU, NOW, Visitor
from tests.domains.directory.keeping import by, person
from tests.domains.directory.owning import client_of, coordinator, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}
NUMBER = "131052-308T"
SECOND = [{"method": "mfa", "at": NOW.timestamp()}]
OFFER = {
    "name": "Lentiiran digikerho", "kind": "association", "service": "Kännykkäkerho",
    "summary": "Opettelemme kännykän käyttöä yhdessä.", "topics-laitteet": ["a-laite"],
    "topics-viestinta": ["a-posti"], "ways": ["phone", "place", "home", "remote"], "phone": "050 555 0171",
    "url": "kerho.example/etana", "address": "Koulutie 1", "postal_code": "88930", "municipality": "290",
    "area": ["290"], "hours": "Tiistaisin 13–15", "languages": ["fi", "sv"], "given_by": "volunteers",
    "fee": "free", "contact": "050 555 0172",
}  # fmt: skip


def library() -> Organisation:
    return Organisation.objects.get(external_id="kajaani-kirjasto")


def where(name: str, *parts: object) -> str:
    return reverse(f"directory:{name}", args=parts)


def address(thing: Any) -> str:
    held = catalogue()
    return {**held.organisations, **held.places, **held.services}[str(thing.pk)].address


def send(at: str, **said: Any) -> Any:
    """Open a page as a visitor, fill it in, and send it."""
    opened = Visitor().get(at)
    assert (opened.status_code, opened.cookies) == (200, {})
    return Client(SERVER_NAME=KAINUU).post(at, typed(opened, **said), **OURS)


def told(answer: Any) -> Proposal:
    """Return what a form that was taken has become."""
    assert (answer.status_code, answer.cookies) == (302, {})
    made: Proposal = Proposal.objects.get(pk=answer.url.strip("/").rpartition("/")[2])
    return made


def text(answer: Any) -> str:
    return (
        BeautifulSoup(answer.content, "html.parser")
        .main.get_text(" ")
        .replace("\xa0", " ")
        .replace("\xad", "")
    )


def office(who: Person) -> Client:
    pledging.accept("kainuu", version=pledging.current("kainuu").version, actor=who, now=NOW)
    client = client_of(who)
    session = client.session
    session["account_authentication_methods"] = SECOND
    session.save()
    return client


def answer(made: Proposal, deed: str, words: str = "") -> Any:
    """Open a proposal as the coordinator does, and press one of the buttons."""
    client, at = office(coordinator("Bengt", "kainuu")), where("office-proposal", made.pk)
    return client.post(at, {**typed(client.get(at)), "deed": deed, "answer": words})


# ── An error ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "page", "word"),
    [
        ("services", "/palvelut/", "palvelu"),
        ("services", "/tiski/", "palvelu"),
        ("places", "/paikat/", "paikka"),
        ("organisations", "/antajat/", "antaja"),
        ("eservices", "/sahkoiset-palvelut/", "sahkoinen-palvelu"),
    ],
)
def test_every_entry_leads_to_its_own_page_of_errors_and_that_leads_back(
    kind: str, page: str, word: str
) -> None:
    thing = next(iter(getattr(catalogue(), kind).values())).address
    at = where("error", word, thing)
    assert at in Visitor().get(f"{page}{thing}/").content.decode()
    back = BeautifulSoup(Visitor().get(at).content, "html.parser").select_one(".crumbs a")["href"]
    assert back == f"{page}{thing}/".replace("/tiski/", "/palvelut/")
    assert told(send(at, note="Tässä on jotain väärin.")).page == back


def test_an_address_of_errors_that_is_not_quite_right_leads_on_and_a_strange_one_nowhere() -> None:
    at = where("error", "antaja", address(library()))
    moved = at.rpartition("-")[0] + "-toinen/"
    assert Visitor().get(moved).url == at
    assert {Visitor().get(f"/virhe/{path}/").status_code for path in ("muu/x", "antaja/zzzzzz-ei-ole")} == {
        404
    }


def test_an_error_told_field_by_field_is_public_when_it_is_accepted_and_the_answer_goes_by_mail() -> None:
    at = where("error", "antaja", address(library()))
    sent = send(at, phone="050 555 0161", hours="Ma 9–15", contact="elsa@posti.example")
    made = told(sent)
    assert (made.kind, made.values, made.network_id) == ("error", {"phone": "050 555 0161"}, "kainuu")
    assert (made.note.rpartition(": ")[2], made.page) == ("Ma 9–15", where("provider", address(library())))
    receipt = Visitor().get(sent.url)
    assert made.number in text(receipt)
    assert b"elsa" not in receipt.content
    assert answer(made, "accept", "Kiitos vinkistä.").url == reverse("office")
    assert "050 555 0161" in text(Visitor().get(where("provider", address(library()))))
    (mail,) = Message.objects.filter(kind="directory/answer")
    assert (mail.address, mail.lang) == ("elsa@posti.example", "fi")
    assert made.number in mail.body
    assert "Kiitos vinkistä." in mail.body
    assert Access.objects.filter(subject_id=str(made.pk)).exists()


def test_what_is_refused_keeps_what_was_typed_and_stores_nothing() -> None:
    at = where("error", "palvelu", address(Service.objects.filter(state="published").first()))
    for wrong in (
        {},
        {"note": f"Olen {NUMBER}.", "phone": "050 555 0161"},
        {"note": "Ei vastaa", "email": "x"},
    ):
        page = send(at, **wrong)
        assert page.status_code == 200
        assert page.context["form"].errors
        fields = typed(page)
        assert {name: fields[name] for name in wrong} == {name: [value] for name, value in wrong.items()}
    assert not Proposal.objects.filter(page=at).exists()
    assert not Proposal.objects.filter(note__contains=NUMBER).exists()


def test_what_the_page_says_already_is_no_error() -> None:
    said = library().phone or library().name_fi
    field = "phone" if library().phone else "name"
    page = send(where("error", "antaja", address(library())), **{field: said})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["note"])


def test_sent_twice_it_is_told_once_and_another_site_cannot_send_it() -> None:
    at = where("error", "antaja", address(library()))
    form = typed(Visitor().get(at), note="Ovi on lukossa.")
    client = Client(SERVER_NAME=KAINUU)
    assert client.post(at, form, **OURS).url == client.post(at, form, **OURS).url
    assert Proposal.objects.filter(note="Ovi on lukossa.").count() == 1
    assert (
        client.post(at, {**form, "form-key": "k" * 30}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    )
    assert Proposal.objects.filter(note="Ovi on lukossa.").count() == 1


def test_a_class_of_thirty_gets_through_and_a_machine_does_not() -> None:
    at, client = where("error", "antaja", address(library())), Client(SERVER_NAME=KAINUU)
    for _each in range(30):
        assert counters.allow("form", "127.0.0.1", most=MOST, within=WITHIN, now=NOW)
    said = typed(client.get(at), note="Ovi on lukossa.")
    assert client.post(at, {**said, "form-key": "a" * 30}, **OURS).status_code == 302
    for _each in range(MOST):
        counters.allow("form", "127.0.0.1", most=MOST, within=WITHIN, now=NOW)
    page = client.post(at, {**said, "form-key": "b" * 30}, **OURS)
    assert (page.status_code, typed(page)["note"]) == (429, ["Ovi on lukossa."])
    assert Proposal.objects.filter(note="Ovi on lukossa.").count() == 1


def test_who_left_a_number_is_rung_and_that_is_noted_once() -> None:
    made = told(
        send(where("error", "antaja", address(library())), note="Hissi on rikki.", contact="050 555 0173")
    )
    at = where("office-proposal", made.pk)
    client = office(coordinator("Bengt", "kainuu"))
    client.post(at, {"deed": "told"})
    assert not rung(made)
    assert answer(made, "refuse", "Hissi toimii.").url == at
    assert 'href="tel:+358505550173"' in client.get(at).content.decode()
    client.post(at, {"deed": "told"})
    client.post(at, {"deed": "told"})
    assert rung(made) == 1
    assert not Message.objects.filter(kind="directory/answer").exists()


def rung(made: Proposal) -> int:
    return history("directory.Proposal", made.pk).filter(verb="told").count()


def test_the_contact_goes_fourteen_days_after_the_answer() -> None:
    made = told(
        send(where("error", "antaja", address(library())), note="Väärin.", contact="elsa@posti.example")
    )
    operations.refuse(made, "Ei.", **by("Bengt"))
    for days, contact in ((13, "elsa@posti.example"), (15, "")):
        retention.run_retention(now=NOW + timedelta(days=days))
        assert Proposal.objects.get(pk=made.pk).contact == contact


# ── New help ────────────────────────────────────────────────────────────────────────────────────────────


def test_help_that_somebody_tells_of_becomes_public_entries() -> None:
    made = told(send(where("offer"), **OFFER))
    assert (made.kind, made.contact, made.network_id) == ("new", "050 555 0172", "kainuu")
    assert "Tiistaisin 13–15" in made.note
    page = office(coordinator("Bengt", "kainuu")).get(where("office-proposal", made.pk))
    for said in (
        "Lentiiran digikerho",
        "Kännykkäkerho",
        "Koulutie 1",
        "050 555 0171",
        "Tiistaisin 13–15",
        "Kuhmo",
    ):
        assert said in text(page)
    answer(made, "accept")
    made.refresh_from_db()
    new = catalogue().organisations[str(made.entry_id)]
    (service,) = catalogue().services_of[new.id]
    assert sorted(way.mode for way in service.channels) == ["home-visit", "phone", "remote", "walk-in"]
    assert {way.mode: bool(way.place) for way in service.channels}["phone"] is False
    assert (new.steward, service.topics, service.language_codes) == (
        "kainuu",
        {"a-laite", "a-posti"},
        {"fi", "sv"},
    )
    assert "Lentiiran digikerho" in text(Visitor().get(where("service", service.address)))


def test_who_is_perhaps_here_already_is_shown_with_the_reason() -> None:
    made = told(send(where("offer"), **{**OFFER, "name": library().name_fi}))
    page = office(coordinator("Bengt", "kainuu")).get(where("office-proposal", made.pk))
    (alike,) = page.context["page"].alike
    assert (alike.second, alike.reasons[0]) == (str(library().pk), "sama nimi")
    assert where("own-organisation", library().pk) in page.content.decode()


def test_an_offer_says_all_that_is_missing_and_keeps_the_rest() -> None:
    half = {**OFFER, "summary": "x" * 151, "phone": "", "postal_code": "8893", "area": [], "municipality": ""}
    half |= {"topics-laitteet": [], "topics-viestinta": []}
    page = send(where("offer"), **half)
    assert sorted(page.context["form"].errors) == [
        "area", "municipality", "phone", "postal_code", "summary", "topics-laitteet",
    ]  # fmt: skip
    fields = typed(page)
    assert (fields["name"], fields["ways"], fields["hours"]) == (
        ["Lentiiran digikerho"],
        OFFER["ways"],
        ["Tiistaisin 13–15"],
    )
    assert not Proposal.objects.filter(kind="new").exists()


def test_help_by_appointment_is_told_in_swedish() -> None:
    made = told(
        send(
            f"/sv{where('offer')}",
            **{**OFFER, "ways": ["place"], "appointment": "on", "contact": "e@x.example"},
        )
    )
    assert (made.lang, made.values["service"]["name_sv"]) == ("sv", "Kännykkäkerho")
    operations.accept(made, **by("Bengt"))
    made.refresh_from_db()
    way = Channel.objects.get(service__organisation=made.entry_id)
    assert (way.mode, way.hours.get().state) == ("booked-visit", "by-appointment")
    assert Message.objects.get(kind="directory/answer").lang == "sv"


def test_the_paper_asks_the_same() -> None:
    page = Visitor().get(where("offer-paper"))
    form = page.context["form"]
    said = text(page)
    assert [str(each.label) for each in form.fields.values() if str(each.label) not in said] == []
    assert not BeautifulSoup(page.content, "html.parser").main.find("input")


# ── Whose it is ─────────────────────────────────────────────────────────────────────────────────────────

WHO = {"who": "Elsa", "role": "Puheenjohtaja", "contact": "elsa@kerho.example"}


def test_who_claims_an_entry_is_invited_to_keep_it() -> None:
    assert (
        where("claim", address(library()))
        in Visitor().get(where("provider", address(library()))).content.decode()
    )
    made = told(send(where("claim", address(library())), wish="claim", **WHO))
    assert (made.kind, made.organisation) == ("claim", library())
    assert "Puheenjohtaja" in made.note
    assert not Invitation.objects.filter(email=WHO["contact"]).exists()
    answer(made, "accept")
    invitation = Invitation.objects.get(email=WHO["contact"])
    assert (invitation.role, invitation.scope_id) == ("provider-editor", str(library().pk))
    kinds = Message.objects.filter(address=WHO["contact"]).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["access/invitation", "directory/answer"]
    link = next(
        word for word in Message.objects.get(kind="access/invitation").body.split() if word.startswith("http")
    )
    assert Client(SERVER_NAME=KAINUU).get(link.partition(KAINUU)[2]).status_code == 200


def test_who_asks_to_leave_is_shown_no_more_when_it_is_accepted() -> None:
    name, at = library().name_fi, where("provider", address(library()))
    made = told(send(where("claim", address(library())), wish="leave", **WHO))
    assert (made.kind, Visitor().get(at).status_code) == ("leave", 200)
    answer(made, "accept")
    assert Visitor().get(at).status_code == 404
    mail = Message.objects.get(kind="directory/answer")
    assert name in mail.subject


def test_a_claim_without_a_role_is_kept_and_refused() -> None:
    page = send(where("claim", address(library())), wish="leave", who="Elsa", contact="elsa@kerho.example")
    assert (list(page.context["form"].errors), typed(page)["who"]) == (["role"], ["Elsa"])


# ── The answer ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_editor_whose_change_waited_is_answered_in_their_language_with_the_reason() -> None:
    line = (
        Channel.objects.filter(state="published", service__organisation=library()).exclude(phone="").first()
    )
    editor = person("Elsa")
    Person.objects.filter(pk=editor.pk).update(lang="sv")
    made = operations.propose(
        line, {"phone": "050 555 9174"}, actor=Person.objects.get(pk=editor.pk), now=NOW
    )
    operations.return_to_sender(made, "Kontrollera numret.", **by("Bengt"))
    mail = Message.objects.get(kind="directory/answer")
    assert (mail.address, mail.lang, "Kontrollera numret." in mail.body) == (editor.email, "sv", True)
    operations.propose_again(made, {"phone": "050 555 9175"}, actor=editor, now=NOW)
    operations.accept(made, actor=person("Bengt"), now=NOW + timedelta(hours=1))
    assert Message.objects.filter(kind="directory/answer", address=editor.email).count() == 2


def test_whoever_answers_their_own_gets_no_mail_and_an_answer_holds_no_identity_number() -> None:
    line = Channel.objects.filter(state="published").exclude(phone="").first()
    own = operations.propose(line, {"phone": "050 555 9174"}, **by("Bengt"))
    operations.accept(own, **by("Bengt"))
    assert not Message.objects.filter(kind="directory/answer").exists()
    made = told(send(where("error", "antaja", address(library())), note="Väärin."))
    answer(made, "refuse", f"Numerosi on {NUMBER}.")
    made.refresh_from_db()
    assert (made.state, made.answer) == ("waiting", "")
