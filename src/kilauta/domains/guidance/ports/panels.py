"""What the desk's first page shows of guidance."""

from dataclasses import dataclass

from kilauta.domains.guidance.queries.ground import bodies_of
from kilauta.domains.guidance.queries.sessions import own_sessions
from kilauta.kit.access.holdings import holdings
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.panels import About, Panel
from kilauta.lib.zone import local


@dataclass(frozen=True, slots=True)
class LogPanel:
    """The way to the log; `last`: the newest entry about one person, to say the same again."""

    last: str


def log_panel(about: About) -> LogPanel | None:
    """Return the way to the log for whoever has an organisation here to log for."""
    person = Person.objects.get(pk=about.key)
    held = holdings(person, local(about.now).date())
    coordinates = held.may(Verb.COORDINATE, Scope.REGION, about.region)
    if not bodies_of(held.ids(Verb.WORK, Scope.BODY), about.region, coordinates=coordinates):
        return None
    newest = own_sessions(person, about.region).filter(shape="one", withdrawn_at__isnull=True)
    last = newest.order_by("-logged_at", "-pk").values_list("pk", flat=True).first()
    return LogPanel(str(last or ""))


PANELS = (
    Panel("desk", "guidance/parts/log_panel.html", log_panel),
    Panel("organisation", "guidance/parts/figures_panel.html", lambda about: about.key),
)
