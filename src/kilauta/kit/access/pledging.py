"""The pledge of secrecy: nobody sees a resident's data before accepting the version of today.

Each region has its own versions. The first one is delivered with the product; it is held as it was read when somebody
first accepts it.
"""

from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES, Words

from .models import Accepted, Grant, Pledge
from .roles import Scope
from .scopes import places

_DATA = Path(__file__).parent / "data"
FIRST = 1


@cache
def delivered() -> Words:
    """Return the text that comes with the product."""
    return Words(*((_DATA / f"pledge_{lang}.txt").read_text(encoding="utf-8").strip() for lang in LANGUAGES))


def current(region: str) -> Pledge:
    """Return the newest version; one that nobody has accepted or changed yet is not held in the database."""
    held = Pledge.objects.filter(region=region).order_by("-version").first()
    return held or Pledge(region=region, version=FIRST, **_columns(delivered()))


def has_accepted(person: Person, region: str) -> bool:
    """Return whether the person has accepted the newest version."""
    mine = Accepted.objects.filter(person=person, pledge=OuterRef("pk"))
    newest = Pledge.objects.filter(region=region).order_by("-version").annotate(mine=Exists(mine))
    return bool(newest.values_list("mine", flat=True).first())


@transaction.atomic
def accept(region: str, *, version: int, actor: Person, now: datetime) -> Accepted:
    """Hold that the person promises what this version says. A second time changes nothing.

    Refuses a version that is not the newest one any more.
    """
    pledge = current(region)
    if pledge.version != version:
        raise Refused("newer-version", _("The text has been changed meanwhile. Read the new one first."))
    accepted, _made = Accepted.objects.get_or_create(
        person=actor, pledge=_held(pledge, now), defaults={"at": now}
    )
    return accepted


@transaction.atomic
def renew(region: str, text: Words, *, after: int, actor: Person, now: datetime) -> Pledge:
    """Put a new version in force, which everybody must accept. `after`: the version that was on the page.

    Refuses a text that says the same, and one made from a version that is not the newest any more.
    """
    before = current(region)
    changed = Refused(
        "newer-version", _("Somebody else has changed the text meanwhile. Look at the new one first.")
    )
    if before.version != after:
        raise changed
    if before.text == text:
        raise Refused("same-text", _("The text is the same as before, so nothing was changed."), "text")
    _held(before, now)
    try:
        with transaction.atomic():
            return Pledge.objects.create(
                region=region, version=after + 1, made_at=now, made_by=actor, **_columns(text)
            )
    except IntegrityError:
        raise changed from None


def accepted_in(region: str) -> QuerySet[Accepted]:
    """Return who has accepted the newest version, the newest first."""
    rows = Accepted.objects.filter(pledge__region=region, pledge__version=current(region).version)
    return rows.select_related("person").order_by("-at", "-pk")


def waiting_in(region: str, day: date) -> QuerySet[Person]:
    """Return who holds a role in the region or in its organisations, and has not accepted the newest version."""
    bodies = places()[Scope.BODY].of_region(region)
    here = Q(scope=Scope.REGION, scope_id=region) | Q(scope=Scope.BODY, scope_id__in=bodies)
    working = Grant.objects.filter(here).held_on(day).values("person")
    done = accepted_in(region).order_by().values("person")
    return Person.objects.filter(pk__in=working, is_active=True).exclude(pk__in=done).order_by("name", "pk")


def _held(pledge: Pledge, now: datetime) -> Pledge:
    """Return the row of a version; that of the delivered text is made when it is first needed."""
    if not pledge._state.adding:  # noqa: SLF001 -- Django's documented API
        return pledge
    held, _made = Pledge.objects.get_or_create(
        region=pledge.region, version=pledge.version, defaults={"made_at": now, **_columns(pledge.text)}
    )
    return held


def _columns(text: Words) -> dict[str, str]:
    return {f"text_{lang}": part for lang, part in zip(LANGUAGES, text, strict=True)}
