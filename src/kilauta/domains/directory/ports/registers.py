"""The lists that coordinators keep here: words, rules, e-services, and the clocks of the network."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import operations
from kilauta.domains.directory.choices import ROUTE_NAMES, label
from kilauta.domains.directory.forms.registers import (
    CLOCK_NAMES,
    ClocksForm,
    EServiceForm,
    GroupForm,
    RuleForm,
    TermForm,
    TopicForm,
)
from kilauta.domains.directory.models import (
    Audience,
    EService,
    EverydayGroup,
    HowFound,
    Limit,
    RoutingRule,
    Theme,
    Topic,
)
from kilauta.domains.directory.models.vocabulary import Term
from kilauta.domains.directory.queries import registers as queries
from kilauta.domains.directory.queries.verifying import clocks_of
from kilauta.domains.territory.models import Network
from kilauta.domains.territory.rules import keeps_common
from kilauta.kit.components.templatetags.components import address_of
from kilauta.kit.registers.at import At
from kilauta.kit.registers.declared import REMOVE, RETIRE, Line, Register, Values
from kilauta.kit.translations import reader_language
from kilauta.lib.text import slugify
from kilauta.lib.words import Words

SERVICES = _("Services that use it")


class Terms(Register[Term]):
    """A list of words. It belongs to no network: see territory.rules."""

    model: ClassVar[type[Term]]
    used_by = SERVICES
    ending = RETIRE
    form = TermForm

    def may_add(self, at: At) -> bool:
        return keeps_common(at.holdings)

    def lines(self, at: At) -> Iterable[Line]:
        mine = keeps_common(at.holdings)
        return [
            Line(row.pk, row.name, self.facts(row), row.uses, row.retired_on is not None, mine)
            for row in queries.terms_with_uses(self.model)
        ]

    def facts(self, row: Any) -> tuple[Words, ...]:  # noqa: ANN401, ARG002 -- a value of the list; most have no facts
        return ()

    def find(self, at: At, key: str) -> Term | None:
        found: QuerySet[Term] = QuerySet(self.model)
        return found.filter(pk=key).first() if keeps_common(at.holdings) else None

    def is_ended(self, thing: Term) -> bool:
        return thing.retired_on is not None

    def add(self, at: At, values: Values) -> Term:
        given = dict(values)
        side = str(given.pop("side", ""))
        return operations.add_term(self.model, given, side=side, actor=at.actor, now=at.now)

    def change(self, at: At, thing: Term, values: Values) -> None:
        operations.change_term(thing, values, actor=at.actor, now=at.now)

    def end(self, at: At, thing: Term) -> None:
        operations.retire_term(thing, actor=at.actor, now=at.now)

    def bring_back(self, at: At, thing: Term) -> None:
        operations.bring_back_term(thing, actor=at.actor, now=at.now)


class Themes(Terms):
    model, word = Theme, "teemat"
    title, adding = _("Themes"), _("Add a theme")
    about = _("A theme gathers topics, on the page of all topics and in reports.")
    used_by = _("Topics in it")


class Topics(Terms):
    model, word, form = Topic, "aiheet", TopicForm
    title, adding = _("Topics"), _("Add a topic")
    about = _("What help is given with. Services, searches and answers are found by their topics.")
    headings = (_("Theme"),)

    def facts(self, row: Any) -> tuple[Words, ...]:  # noqa: ANN401 -- a topic with its theme
        return (row.theme.name,)

    def shown_at(self, thing: Term) -> str:
        return "" if thing.retired_on else address_of("topic", thing.code)


class Groups(Terms):
    model, word, form = EverydayGroup, "arjen-ryhmat", GroupForm
    title, adding = _("Everyday groups"), _("Add an everyday group")
    about = _("The big choices on the first page, in everyday words. Each stands for a few topics.")
    used_by = _("Topics in it")


class Audiences(Terms):
    model, word = Audience, "kohderyhmat"
    title, adding = _("Groups of people"), _("Add a group of people")
    about = _("Whom a service is only for, or especially for.")


class Limits(Terms):
    model, word = Limit, "rajat"
    title, adding = _("Limits"), _("Add a limit")
    about = _("What a service does not do. People are told before they ring.")


class WaysFound(Terms):
    model, word = HowFound, "mista-tieto"
    title, adding = _("Where people hear of the help"), _("Add a way")
    about = _("The choices of the question how somebody found out about the help.")


class Rules(Register[RoutingRule]):
    """Who is rung about a topic. Rules belong to no network, as the topics do."""

    word, form, ending, looks = "saannot", RuleForm, REMOVE, True
    title, adding = _("Rules: whom shall I ring?"), _("Add a rule")
    about = _("For each topic: who is named first, who next, and who never.")
    headings = (_("Rung first"), _("Rung next"))

    def may_add(self, at: At) -> bool:
        return keeps_common(at.holdings) and bool(queries.topics_without_rule())

    def lines(self, at: At) -> Iterable[Line]:
        mine = keeps_common(at.holdings)
        for row in queries.rules_by_topic():
            facts = (_route(row.prefer), _route(row.fallback))
            yield Line(row.pk, row.topic.name, facts, may_change=mine)

    def find(self, at: At, key: str) -> RoutingRule | None:
        rows = RoutingRule.objects.filter(pk=key).select_related("topic")
        return rows.first() if keeps_common(at.holdings) else None

    def name_of(self, thing: RoutingRule) -> Words:
        return thing.topic.name

    def opening(self, thing: RoutingRule) -> dict[str, object]:
        return {**super().opening(thing), "forbidden_kinds": list(thing.forbidden_kinds)}

    def told(self, thing: RoutingRule | None, values: Values | None = None) -> tuple[str, ...]:
        """Say in words what the rule does, or what it would do with these values."""
        held = values if values is not None else self.opening(thing) if thing else None
        if held is None:
            return ()
        topic = thing.topic if thing else Topic.objects.filter(pk=str(held["topic"])).first()
        named = _words(topic.name) if topic else ""
        kinds = [_words(label("organisation_kind", str(code))) for code in _listed(held["forbidden_kinds"])]
        limits = Limit.objects.filter(pk__in=_listed(held["forbidden_limits"])).order_by("position", "code")
        sentences = [
            say("When somebody asks about “%(topic)s”, we name first: %(who)s.")
            % {"topic": named, "who": _route(str(held["prefer"]))}
        ]
        if held["fallback"]:
            next_one = _route(str(held["fallback"]))
            sentences.append(say("Next in turn: %(who)s.") % {"who": next_one})
        if kinds:
            sentences.append(say("Never named: %(kinds)s.") % {"kinds": ", ".join(kinds)})
        if limits:
            said = ", ".join(_words(each.name) for each in limits)
            sentences.append(say("Nobody is named who says: %(limits)s.") % {"limits": said})
        return tuple(sentences)

    def shown_at(self, thing: RoutingRule) -> str:
        return address_of("topic", thing.topic_id)

    def add(self, at: At, values: Values) -> RoutingRule:
        given = dict(values)
        topic = Topic.objects.get(pk=str(given.pop("topic")))
        return operations.add_rule(topic, given, actor=at.actor, now=at.now)

    def change(self, at: At, thing: RoutingRule, values: Values) -> None:
        operations.change_rule(thing, values, actor=at.actor, now=at.now)

    def end(self, at: At, thing: RoutingRule) -> None:
        operations.remove_rule(thing, actor=at.actor, now=at.now)


class EServices(Register[EService]):
    """Those of the network, and those of none: the latter are changed as the lists of words are."""

    word, form, ending = "sahkoiset-palvelut", EServiceForm, RETIRE
    title, adding = _("E-services"), _("Add an e-service")
    about = _("Services on the internet that people need help with. Their owner is named in the answers.")
    headings = (_("Whose it is"),)
    used_by = SERVICES

    def lines(self, at: At) -> Iterable[Line]:
        common = keeps_common(at.holdings)
        for row in queries.eservices_of(at.region):
            mine = row.steward_id == at.region or common
            ended = row.state == "withdrawn"
            yield Line(str(row.pk), row.name, (row.owner.name,), row.uses, ended, mine)

    def find(self, at: At, key: str) -> EService | None:
        try:
            thing: EService | None = queries.eservices_of(at.region).filter(pk=UUID(key)).first()
        except (ValueError, ValidationError):
            return None
        if thing is None or (thing.steward_id is None and not keeps_common(at.holdings)):
            return None
        return thing

    def is_ended(self, thing: EService) -> bool:
        return thing.state == "withdrawn"

    def shown_at(self, thing: EService) -> str:
        if thing.state != "published":
            return ""
        return address_of("eservice", f"{thing.short_id}-{slugify(thing.name_fi)}")

    def add(self, at: At, values: Values) -> EService:
        steward = Network.objects.get(pk=at.region)
        return operations.add_eservice(values, steward=steward, actor=at.actor, now=at.now)

    def change(self, at: At, thing: EService, values: Values) -> None:
        operations.change_entry(thing, values, actor=at.actor, now=at.now)

    def end(self, at: At, thing: EService) -> None:
        operations.withdraw(thing, actor=at.actor, now=at.now)

    def bring_back(self, at: At, thing: EService) -> None:
        operations.publish(thing, actor=at.actor, now=at.now)


class Clocks(Register[Network]):
    """How long the network lets facts stand; its own, whoever else is in the installation."""

    word, form = "tarkistusajat", ClocksForm
    title = _("How often entries are checked")
    about = _("When the time is up, we ask whoever keeps the entry whether it is still right.")

    def only(self, at: At) -> str:
        return at.region

    def find(self, at: At, key: str) -> Network | None:
        return Network.objects.filter(pk=key).first() if key == at.region else None

    def opening(self, thing: Network) -> dict[str, object]:
        return dict(clocks_of(thing))

    def change(self, at: At, thing: Network, values: Values) -> None:
        for group in CLOCK_NAMES:
            operations.set_clock(thing, group, cast("int", values[group]), actor=at.actor, now=at.now)


class Hours(Register[Network]):
    """The hours of the network's line: the same pages as those of places and ways."""

    word, elsewhere = "puhelinajat", "directory:office-line"
    title = _("Hours of the network's phone")
    about = _("When somebody answers in the network's own number, and when the phone is closed.")


def _route(code: str) -> str:
    name: str | Promise = ROUTE_NAMES.get(code, "")
    return str(name)


def _words(words: Words) -> str:
    return str(words.pick(reader_language()))


def _listed(value: object) -> list[object]:
    return list(cast("Iterable[object]", value))


REGISTERS = (
    Topics(),
    Themes(),
    Groups(),
    Audiences(),
    Limits(),
    WaysFound(),
    Rules(),
    EServices(),
    Hours(),
    Clocks(),
)
