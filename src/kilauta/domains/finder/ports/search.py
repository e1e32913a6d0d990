"""What the public can find: services, and the pages of topics, e-services, providers and places."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.facts import ChannelFacts, Named, ServiceFacts
from kilauta.domains.directory.queries import Catalogue, catalogue, excerpt
from kilauta.kit.search.index import Findable, Only
from kilauta.kit.search.tokens import inside, scope, token
from kilauta.lib.finnish import backend, by_word
from kilauta.lib.text import tokens as words_of
from kilauta.lib.words import LANGUAGES, Words

Texts = Iterable[Words]
# The same public texts stand in many entries: a topic's in each service of it, an organisation's in each of its own.
CACHED_TEXTS = 8192


class Read(NamedTuple):
    """What a text is found by, the base forms in it, and its words as written: all as tokens."""

    tokens: frozenset[str]
    base_forms: frozenset[str]
    words: frozenset[str]


def findables(only: Only | None = None) -> Iterator[Findable]:
    """Yield everything findable; or only the things of these kinds and keys."""
    held = catalogue() if only is None else excerpt(only)
    for found in _findables(held):
        if only is None or found.key in only.get(found.kind, ()):
            yield found


def _findables(held: Catalogue) -> Iterator[Findable]:
    for service in sorted(held.services.values(), key=lambda s: s.external_id):
        yield _service(held, service)
    for topic in held.topics.values():
        yield _findable(
            "topic", topic.code, title=[topic.name], about=[topic.examples], body=[topic.description]
        )
    for eservice in sorted(held.eservices.values(), key=lambda e: e.address):
        owner = held.organisations.get(eservice.owner)
        yield _findable(
            "eservice",
            eservice.id,
            title=[eservice.name, _listed(eservice.words)],
            about=[owner.name] if owner else [],
            body=[eservice.description],
        )
    for organisation in sorted(held.organisations.values(), key=lambda o: o.address):
        yield _findable(
            "organisation",
            organisation.id,
            title=[organisation.name],
            about=[Words(organisation.former_name)],
            body=[organisation.summary],
        )
    for place in sorted(held.places.values(), key=lambda p: p.address):
        yield _findable(
            "place",
            place.id,
            title=[place.name],
            about=[choices.label("place_kind", place.kind)],
            body=[Words(place.street)],
        )


def _service(held: Catalogue, service: ServiceFacts) -> Findable:
    topics = [held.topics[code] for code in sorted(service.topics) if code in held.topics]
    eservices = [held.eservices[key] for key in sorted(service.eservices)]
    listed = _values(held.devices, service.devices) + _values(
        held.audiences, service.audiences_only | service.audiences_also
    )
    organisation = held.organisations[service.organisation]
    return _findable(
        "service",
        service.id,
        title=[service.name],
        about=[
            organisation.name,
            service.summary,
            *(topic.name for topic in topics),
            *(eservice.name for eservice in eservices),
        ],
        body=[
            service.description,
            service.bring,
            *(word for topic in topics for word in (topic.description, _listed(topic.examples))),
            *(_listed(eservice.words) for eservice in eservices),
            *(word for value in listed for word in (value.name, _listed(value.examples))),
            *(word for channel in service.channels for word in _channel(held, channel)),
            *(choices.label("language", code) for code in sorted(service.language_codes)),
            choices.label("fee", service.fee),
        ],
        scopes=_scopes(held, service),
    )


def _channel(held: Catalogue, channel: ChannelFacts) -> Iterator[Words]:
    mode = choices.value_list("mode")[channel.mode]
    yield mode.name
    yield _listed(mode.examples)
    if channel.place:
        place = held.places[channel.place]
        yield place.name
        if place.locality in held.localities:
            yield held.localities[place.locality].name


def _scopes(held: Catalogue, service: ServiceFacts) -> set[str]:
    """Return the tokens of the networks and areas that the service reaches."""
    found = {scope("network", n.id) for n in held.networks.values() if held.in_network(service, n)}
    for channel in service.channels:
        found |= (
            {scope("area", "everywhere")} if channel.everywhere else {scope("area", c) for c in channel.area}
        )
    return found


def _values(listed: dict[str, Named], codes: Iterable[str]) -> list[Named]:
    return [listed[code] for code in sorted(codes) if code in listed]


def _listed(words: Words) -> Words:
    return Words(*(part.replace(";", " ") for part in words))


def _findable(
    kind: str, key: str, *, title: Texts, about: Texts, body: Texts, scopes: Iterable[str] = ()
) -> Findable:
    titles, abouts, bodies = (list(_read_all(texts)) for texts in (title, about, body))
    every = [*titles, *abouts, *bodies]
    # Whole words as written: what a misspelt word is compared with, and what an exact word finds.
    words = {word for read in every for word in read.words}
    return Findable(
        kind=kind,
        key=key,
        title=_sorted(_tokens(titles)),
        about=_sorted(_tokens(abouts)),
        body=_sorted({*_tokens(bodies), *words, scope("kind", kind), *scopes}),
        words=frozenset({*words, *(form for read in every for form in read.base_forms)}) - {""},
    )


def _sorted(found: set[str]) -> tuple[str, ...]:
    return tuple(sorted(found - {""}))


def _tokens(reads: Iterable[Read]) -> set[str]:
    return {found for read in reads for found in read.tokens}


def _read_all(texts: Texts) -> Iterator[Read]:
    engine = backend()
    for text in texts:
        for language, part in zip(LANGUAGES, text, strict=True):
            if part:
                yield _read(part, language, engine)


@lru_cache(CACHED_TEXTS)
def _read(text: str, language: str, _engine: str) -> Read:
    """Read a text; parts of compounds are told from words, but not where a hyphen shows them."""
    found = [(word.token, term) for word in by_word(text, language) for term in word.terms]
    return Read(
        frozenset(
            inside(token(term.text)) if term.kind == "part" and "-" not in written else token(term.text)
            for written, term in found
        ),
        frozenset(token(term.text) for _written, term in found if term.kind == "word"),
        frozenset(token(word) for word in words_of(text)),
    )
