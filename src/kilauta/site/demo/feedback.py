"""What people of the two example networks have said of the help: invented, the same at every loading."""

from datetime import datetime, timedelta

from django.db import transaction

from kilauta.domains.directory.models import Organisation, Service
from kilauta.domains.guidance.logic.feedback import GENERAL, Helped
from kilauta.domains.guidance.models import HelpFeedback
from kilauta.domains.guidance.operations.feedback import give_feedback
from kilauta.kit.questions.given import Answers, Given
from kilauta.lib.zone import local

# Each is given again and again, a few days apart: got, in time, right kind, where it was heard of, who, in which way.
SAID = (
    ("yes", "yes", "yes", "library", "older", "tablet"),
    ("yes", "yes", "yes", "friend", "retired", "paper"),
    ("partly", "partly", "yes", "other-provider", "older", "aloud"),
    ("yes", "yes", "yes", "newspaper", "", "link"),
    ("yes", "dont-know", "partly", "other-provider", "retired", "paper"),
    ("no", "no", "no", "internet", "wont-say", "qr"),
    ("yes", "yes", "yes", "leaflet", "older", "tablet"),
)
WORDS = {
    1: "Sain puhelimen toimimaan. Kiitos kärsivällisyydestä!",
    5: "Aika oli liian lyhyt, asia jäi kesken.",
    9: "Ystävällinen palvelu. Tulen uudestaan.",
}
NUMBERS = {"kainuu": 90, "kaakko": 15}
BODIES = {"kainuu": ("kajaani-kirjasto", "sotkamo-kirjasto"), "kaakko": ()}
BETWEEN = timedelta(days=4)


@transaction.atomic
def bring_in_feedback(*, now: datetime) -> None:
    """Say it once; a network that has feedback of its own is left alone."""
    for network, number in NUMBERS.items():
        if HelpFeedback.objects.filter(network_id=network).exists():
            continue
        things = _things(network)
        today = local(now).date()
        for place in range(number):
            give_feedback(
                network,
                _answers(place),
                about=things[place % len(things)],
                way=SAID[place % len(SAID)][-1],
                lang="sv" if place % 10 == 9 else "fi",  # noqa: PLR2004 -- one in ten
                on=today - BETWEEN * (place % 75),
                now=now,
            )


def _answers(place: int) -> Answers:
    got, in_time, kind, found, audience, _way = SAID[place % len(SAID)]
    chosen = {"got": got, "in-time": in_time, "right-kind": kind, "found": found, "audience": audience}
    answers = {code: _given(choice) for code, choice in chosen.items() if choice}
    return answers | ({"words": Given("given", text=WORDS[place])} if place in WORDS else {})


def _given(choice: str) -> Given:
    return Given(choice) if choice in {"dont-know", "wont-say"} else Given("given", codes=(choice,))


def _things(network: str) -> list[Helped]:
    """Return the help of one organisation three times, as most is said of it, another's, and help in general."""
    bodies = Organisation.objects.filter(external_id__in=BODIES[network], source="kilauta").order_by(
        "external_id"
    )
    found = []
    for body in bodies:
        service = Service.objects.filter(organisation=body, state="published").order_by("external_id")[0]
        found.append(Helped(kind="service", organisation=body.pk, service=service.pk))
    return [*found[:1] * 3, *found[1:], GENERAL]
