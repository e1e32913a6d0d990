"""The roles of the network, and what each of them may do.

A role is held in a *body* (an organisation), in a *region* (a network), or in the whole *house* (the
installation). What a role may do is a set of verbs; a page asks for a verb, never for a role.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(StrEnum):
    BODY = "body"
    REGION = "region"
    HOUSE = "house"


class Verb(StrEnum):
    WORK = "work"  # use the workspace
    EDIT = "edit"  # change the entries of the scope
    ASK = "ask"  # collect answers to surveys
    LEAD = "lead"  # lead the volunteers of the scope
    PEOPLE = "people"  # invite people, give and end roles
    COORDINATE = "coordinate"  # see and work through the lists of the scope
    TELL = "tell"  # write what the network says of itself
    NUMBERS = "numbers"  # read figures
    LISTS = "lists"  # read the lists, without changing them
    LOGS = "logs"  # read who saw and did what
    HOUSE = "house"  # the installation itself


# Whoever sees others' lists, exports and logs proves with a second factor who is there.
GUARDED = frozenset(
    {Verb.PEOPLE, Verb.COORDINATE, Verb.TELL, Verb.NUMBERS, Verb.LISTS, Verb.LOGS, Verb.HOUSE}
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role; nobody gives one of a higher rank than the highest of their own."""

    code: str
    name: str | Promise
    scope: Scope
    rank: int
    verbs: frozenset[Verb]


def _role(code: str, name: str | Promise, scope: Scope, rank: int, *verbs: Verb) -> Role:
    return Role(code, name, scope, rank, frozenset({Verb.WORK, *verbs}))


ROLES = {
    role.code: role
    for role in (
        _role("trainee", pgettext_lazy("role", "Trainee"), Scope.BODY, 10),
        _role("supporter", pgettext_lazy("role", "Supporter"), Scope.BODY, 10),
        _role("adviser", pgettext_lazy("role", "Customer adviser"), Scope.BODY, 10),
        _role("survey-collector", pgettext_lazy("role", "Survey collector"), Scope.BODY, 10, Verb.ASK),
        _role("web-editor", pgettext_lazy("role", "Partner's web editor"), Scope.BODY, 10),
        _role("eservice-owner", pgettext_lazy("role", "Owner of an e-service"), Scope.BODY, 20, Verb.EDIT),
        _role("volunteer-lead", pgettext_lazy("role", "Lead of volunteers"), Scope.BODY, 20, Verb.LEAD),
        _role(
            "provider-editor", pgettext_lazy("role", "Editor of own entries"), Scope.BODY, 30, Verb.EDIT, Verb.PEOPLE
        ),
        _role("evaluator", pgettext_lazy("role", "Evaluator"), Scope.REGION, 40, Verb.NUMBERS),
        _role("steering", pgettext_lazy("role", "Steering group"), Scope.REGION, 40, Verb.NUMBERS, Verb.LISTS),
        _role("communicator", pgettext_lazy("role", "Communications"), Scope.REGION, 50, Verb.TELL, Verb.NUMBERS),
        _role("privacy-officer", pgettext_lazy("role", "Data-protection officer"), Scope.REGION, 60, Verb.LOGS),
        _role(
            "coordinator", pgettext_lazy("role", "Coordinator"), Scope.REGION, 70,
            Verb.EDIT, Verb.PEOPLE, Verb.COORDINATE, Verb.TELL, Verb.NUMBERS, Verb.LISTS, Verb.LEAD, Verb.ASK,
        ),
        _role("administrator", pgettext_lazy("role", "Administrator"), Scope.HOUSE, 100, *Verb),
    )
}  # fmt: skip

SCOPES = {
    Scope.BODY: _("an organisation"),
    Scope.REGION: _("a network"),
    Scope.HOUSE: _("the whole installation"),
}
