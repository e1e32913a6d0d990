"""The demo's requests for help: some wait, some are taken, some have ended; and who helps with what."""

from datetime import datetime, timedelta

from django.db import transaction

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.operations.supporting import Support, set_support
from kilauta.domains.guidance.models import HelpRequest, Referral
from kilauta.domains.guidance.operations import referrals, requests, starts
from kilauta.domains.guidance.queries.requests import Offered
from kilauta.kit.accounts.models import Person

# What the two helpers of the demo help with: her organisation, as what, how, where.
SUPPORTS = (
    (
        "aino@kainuu.example",
        "kajaani-kirjasto",
        Support("staff", (), ("booked-visit", "phone", "remote"), ("205",)),
    ),
    (
        "carla@kainuu.example",
        "hiisijarvi-kylayhdistys",
        Support("volunteer", (), ("neighbour", "home-visit"), ("697",)),
    ),
)
# What is asked for, how many hours ago, by whom it was taken (the number of the row above), and how it ended.
ASKED = (
    (
        {
            "group": "puhelin",
            "municipality": "205",
            "mode": "phone",
            "wanted": "morning",
            "contact": "050 555 0401",
            "only_by": "call",
        },
        50,
        None,
        "",
    ),
    (
        {
            "group": "terveys",
            "municipality": "205",
            "mode": "booked-visit",
            "wanted": "week",
            "contact": "eino@posti.example",
        },
        3,
        None,
        "",
    ),
    (
        {
            "topic": "a-posti",
            "municipality": "205",
            "mode": "remote",
            "wanted": "evening",
            "contact": "050 555 0402",
            "lang": "sv",
        },
        2,
        None,
        "",
    ),
    (
        {
            "group": "huijaukset",
            "municipality": "697",
            "mode": "neighbour",
            "wanted": "today",
            "contact": "050 555 0403",
        },
        1,
        None,
        "",
    ),
    (
        {
            "group": "muu",
            "municipality": "697",
            "mode": "home-visit",
            "whose": "other",
            "contact": "050 555 0404",
        },
        5,
        None,
        "",
    ),
    (
        {
            "group": "kela",
            "municipality": "205",
            "mode": "booked-visit",
            "contact": "050 555 0405",
            "only_by": "sms",
        },
        26,
        0,
        "",
    ),
    ({"group": "puhelin", "municipality": "697", "mode": "neighbour", "contact": "050 555 0406"}, 20, 1, ""),
    (
        {"group": "tietokone", "municipality": "205", "mode": "booked-visit", "contact": "050 555 0407"},
        70,
        0,
        "helped",
    ),
    (
        {"group": "viestit", "municipality": "697", "mode": "home-visit", "contact": "050 555 0408"},
        90,
        1,
        "no-answer",
    ),
)
STARTS = (
    (
        "Jokikylän kylätoimikunta",
        "697",
        "Haluaisimme digi-iltapäivän kylätalolle kerran viikossa. Mistä aloitamme?",
        "050 555 0410",
    ),
    (
        "Kuhmon eläkeläiset",
        "290",
        "Meillä on kaksi innokasta opastajaa. Kuka kouluttaa heidät?",
        "hallitus@elakelaiset.example",
    ),
)


@transaction.atomic
def bring_in_requests(*, actor: Person, now: datetime) -> None:
    """Hold who helps with what, and what is asked for; once."""
    if HelpRequest.objects.exists():
        return
    helpers = [_helper(*each, now=now) for each in SUPPORTS]
    for asked, hours, taker, reason in ASKED:
        then = now - timedelta(hours=hours)
        made = requests.ask_for_help(
            requests.Asked(**asked),
            network="kainuu",
            made_by="resident",
            link=lambda _thing: "https://digituki.example/",
            office="https://digituki.example/",
            actor=None,
            now=then,
        )
        if taker is not None:
            person, organisation, given_by = helpers[taker]
            offered = Offered(made, organisation, given_by, is_directed=False, is_late=False)
            held = requests.take(offered, actor=person, now=then)
            if reason:
                requests.close(held, reason=reason, actor=person, now=now - timedelta(hours=1))
    _referrals(helpers[0][0], helpers[0][1], now=now)
    for name, town, wish, contact in STARTS:
        starts.ask_to_start(starts.Wish(name, wish, contact, town), network="kainuu", actor=actor, now=now)


def _helper(email: str, key: str, support: Support, *, now: datetime) -> tuple[Person, Organisation, str]:
    person = Person.objects.get(email=email)
    organisation = Organisation.objects.get(source="kilauta", external_id=key)
    set_support(person, support, organisation=organisation, actor=person, now=now)
    return person, organisation, support.given_by


def _referrals(sender: Person, organisation: Organisation, *, now: datetime) -> None:
    """One that its receiver has accepted, and one on paper."""
    links = referrals.Links(
        lambda _thing: "https://digituki.example/", lambda _thing: "https://digituki.example/"
    )
    for key, is_slip in (("sotkamo-kirjasto", False), ("kuhmo-kirjasto", True)):
        made: Referral = referrals.refer(
            requests.Asked(
                group="tietokone", municipality="765", mode="booked-visit", contact="050 555 0411"
            ),
            network="kainuu",
            receiver=Organisation.objects.get(source="kilauta", external_id=key),
            sent_by=organisation,
            consent="Saako heille kertoa, missä tarvitset apua ja miten sinut tavoittaa?",
            is_slip=is_slip,
            links=links,
            actor=sender,
            now=now - timedelta(days=2),
        )
        if not is_slip:
            referrals.accept(made, now=now - timedelta(days=1))
