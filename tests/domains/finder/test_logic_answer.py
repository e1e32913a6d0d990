"""From a ranking to one answer, filters and their counts, and how well words fit. No database, no clock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kilauta.domains.directory.logic.status import Standing, Status
from kilauta.domains.finder.logic import facets, text
from kilauta.domains.finder.logic.answer import CHOICES, Answer, answer
from kilauta.domains.finder.logic.ranking import Ranked

from .offering import channel, offer, offers, ranked, service

OPEN, CLOSED = Status(Standing.OPEN), Status(Standing.CLOSED)


def chosen(*given: tuple[str, str, Status]) -> Answer:
    """Return the answer from offers as (provider, number, state), the best first."""
    listed = [
        Ranked(
            offer(of=service(organisation=who), by=channel(id=f"{n}", phone=number), status=status), -n, ()
        )
        for n, (who, number, status) in enumerate(given)
    ]
    return answer(listed)


def told(found: Answer) -> list[str]:
    return [one.offer.channel.id for one in found.choices]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        ([("o", "1", OPEN)], ["0"]),
        ([("o", "1", OPEN), ("o", "2", OPEN), ("p", "3", OPEN), ("q", "4", OPEN)], ["0", "2", "3"]),
        ([("o", "1", OPEN), ("o", "2", OPEN), ("p", "3", OPEN)], ["0", "1", "2"]),
        ([("o", "1", OPEN), ("o", "1", OPEN), ("o", "1", OPEN)], ["0"]),
        ([("o", "1", OPEN), ("p", "1", OPEN), ("q", "2", OPEN)], ["0", "2"]),
        ([("o", "", OPEN), ("p", "", OPEN), ("q", "", OPEN), ("r", "9", OPEN)], ["0", "1", "3"]),
        ([("o", "", OPEN), ("o", "9", OPEN)], ["0", "1"]),
        ([("o", "", OPEN), ("p", "", OPEN)], ["0", "1"]),
        ([("o", "1", OPEN), ("p", "2", OPEN), ("q", "3", OPEN), ("r", "4", OPEN)], ["0", "1", "2"]),
    ],
)
def test_the_next_choices_are_other_providers_first_and_never_the_same_number_again(
    given: list[tuple[str, str, Status]], expected: list[str]
) -> None:
    assert told(chosen(*given)) == expected


def test_somebody_open_is_given_beside_when_nobody_chosen_is() -> None:
    found = chosen(("o", "1", CLOSED), ("p", "2", CLOSED), ("q", "3", CLOSED), ("r", "4", OPEN))
    assert (told(found), found.open_now.offer.channel.id) == (["0", "1", "2"], "3")


def test_nobody_is_given_beside_when_one_of_the_chosen_is_open() -> None:
    assert chosen(("o", "1", CLOSED), ("p", "2", OPEN), ("q", "3", CLOSED), ("r", "4", OPEN)).open_now is None


def test_who_is_full_does_not_help_now() -> None:
    full = Status(Standing.OPEN, full=True)
    assert (
        chosen(("o", "1", full), ("p", "2", CLOSED), ("q", "3", CLOSED), ("r", "4", OPEN)).open_now
        is not None
    )
    assert chosen(("o", "1", CLOSED), ("p", "2", full)).open_now is None


@given(many=st.lists(offers, max_size=20, unique_by=lambda each: each.channel.id))
@settings(max_examples=150, deadline=None)
def test_an_answer_keeps_the_order_of_the_ranking_and_repeats_nobody(many: list) -> None:
    order = ranked(many)
    found = answer(order)
    assert [order.index(one) for one in found.choices] == sorted(order.index(one) for one in found.choices)
    assert found.choices[:1] == tuple(order[:1])
    numbers = [one.offer.channel.phone for one in found.choices if one.offer.channel.phone]
    assert len(numbers) == len(set(numbers))
    assert (found.open_now is not None) == (
        bool(found.choices)
        and not any(one.offer.status.helps_now for one in found.choices)
        and any(one.offer.status.helps_now for one in order)
    )


@given(many=st.lists(offers, max_size=20, unique_by=lambda each: each.channel.id))
@settings(max_examples=150, deadline=None)
def test_three_providers_are_chosen_where_there_are_three_with_numbers_of_their_own(many: list) -> None:
    many = [replace(each, channel=replace(each.channel, phone=f"050 {n}")) for n, each in enumerate(many)]
    order = ranked(many)
    found = answer(order).choices
    providers = {one.offer.service.organisation for one in order}
    assert len(found) == min(CHOICES, len(order))
    assert len({one.offer.service.organisation for one in found}) == min(CHOICES, len(providers))


# ── Filters ─────────────────────────────────────────────────────────────────────────────────────────────

layouts = st.lists(st.integers(0, 5), max_size=12)


@st.composite
def layouts_with_masks(draw: st.DrawFn, masks: int) -> tuple[list[int], list[int]]:
    sizes = draw(layouts)
    return sizes, [draw(st.integers(0, (1 << sum(sizes)) - 1)) for _ in range(masks)]


def naive(sizes: list[int], mask: int) -> list[int]:
    """Return the services with an offer in the mask, one offer after the other."""
    owners = [number for number, size in enumerate(sizes) for _ in range(size)]
    return sorted({owner for bit, owner in enumerate(owners) if mask >> bit & 1})


@given(layouts_with_masks(1))
@settings(max_examples=400, deadline=None)
def test_services_are_counted_by_masks_as_one_would_count_them_by_hand(
    drawn: tuple[list[int], list[int]],
) -> None:
    sizes, (mask,) = drawn
    layout = facets.Layout(sizes)
    assert layout.members(mask) == naive(sizes, mask)
    assert layout.count(mask) == len(naive(sizes, mask))
    assert layout.services(mask) & ~layout.tops == 0
    assert layout.members(layout.services(mask)) == naive(sizes, mask)
    assert layout.everything == (1 << sum(sizes)) - 1
    assert list(facets.bits(mask)) == [bit for bit in range(sum(sizes)) if mask >> bit & 1]


@given(layouts_with_masks(5), st.sampled_from([{}, {"a": "x"}, {"a": "x", "b": "z"}, {"b": "none"}]))
@settings(max_examples=300, deadline=None)
def test_a_filter_counts_what_it_would_leave_beside_the_others(
    drawn: tuple[list[int], list[int]], picked: dict[str, str]
) -> None:
    sizes, (x, y, z, w, start) = drawn
    masks = {"a": {"x": x, "y": y}, "b": {"z": z, "w": w}}
    found = facets.counted(masks, picked, start, facets.Layout(sizes))
    expected = {
        (facet, value): len(naive(sizes, facets.narrowed(masks, {**picked, facet: value}, start)))
        for facet, values in masks.items()
        for value in values
    }
    told = {(each.facet, each.value): each.count for listed in found.values() for each in listed}
    assert told == {key: count for key, count in expected.items() if count}
    assert {(e.facet, e.value) for listed in found.values() for e in listed if e.chosen} <= set(
        picked.items()
    )


def test_a_value_that_no_filter_has_leaves_nothing() -> None:
    assert facets.narrowed({"a": {"x": 0b111}}, {"a": "no-such-value"}, 0b111) == 0


# ── Words ───────────────────────────────────────────────────────────────────────────────────────────────

words = st.sampled_from(["pankki", "puhelin", "kela", "apu", "neuvonta"])
fields = st.frozensets(words)
asked = st.lists(
    st.builds(
        text.Asked,
        words,
        st.dictionaries(words, st.floats(0.1, 1.0), min_size=1),
        weight=st.floats(0.1, 1.0),
    ),
    max_size=4,
)
rarities = st.dictionaries(words, st.floats(1.0, 7.0))


def score(query: list[text.Asked], parts: tuple[frozenset[str], ...], seldom: dict[str, float]) -> float:
    title, about, body = parts
    return text.score(query, title=title, about=about, body=body, rarity=seldom)


@given(asked, st.tuples(fields, fields, fields), rarities, words, st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_a_document_with_another_word_of_the_query_never_fits_worse(
    query: list[text.Asked], parts: tuple, seldom: dict[str, float], word: str, field: int
) -> None:
    richer = tuple(part | {word} if number == field else part for number, part in enumerate(parts))
    assert score(query, richer, seldom) >= score(query, parts, seldom)


@given(asked, fields, rarities)
@settings(max_examples=100, deadline=None)
def test_a_word_tells_more_in_the_title_than_about_it_and_more_there_than_in_the_rest(
    query: list[text.Asked], found: frozenset[str], seldom: dict[str, float]
) -> None:
    none: frozenset[str] = frozenset()
    title, about, body = (found, none, none), (none, found, none), (none, none, found)
    assert score(query, title, seldom) >= score(query, about, seldom) >= score(query, body, seldom) >= 0.0


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_the_rarer_a_word_the_more_it_says(documents: int, one: int, other: int) -> None:
    fewer, more = sorted((min(one, documents), min(other, documents)))
    assert text.rarity(documents, fewer) >= text.rarity(documents, more) >= 1.0
