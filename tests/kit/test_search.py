"""Full text: the same documents in the same order on both databases, and an indexer that knows when it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kilauta.kit.search import backends, index
from kilauta.kit.search.find import Found, find
from kilauta.kit.search.models import SearchDocument, SearchTerm
from kilauta.kit.search.tokens import LONGEST, inside, is_scope, scope, titled, token, tokens
from kilauta.kit.store import editions

Documents = list[tuple[str, str, str]]
patiently = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# ── Tokens ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("pankki", "pankki"),
        ("Äänekoski", "äänekoski"),
        ("suomi.fi", "suomi_fi"),
        ("e-palvelu", "e_palvelu"),
        ("S-Pankki", "s_pankki"),
        ("d’Artagnan", "d_artagnan"),
        ("9–15", "9_15"),
        ("--", ""),
        ("", ""),
        ("ā" * 100, "ā" * LONGEST),
        ("поддержка", "поддержка"),
    ],
)
def test_a_term_becomes_one_token(term: str, expected: str) -> None:
    assert token(term) == expected


@given(st.text(max_size=200))
def test_a_token_is_letters_digits_and_underscores_and_its_own_token(term: str) -> None:
    made = token(term)
    assert len(made) <= LONGEST
    assert made == "" or all(sign.isalnum() or sign == "_" for sign in made)
    assert token(made) == made.strip("_")


@given(st.lists(st.text(max_size=20), max_size=8))
def test_tokens_are_in_order_and_each_is_there_once(terms: list[str]) -> None:
    made = tokens(terms)
    assert made == sorted(set(made))
    assert "" not in made


def test_what_says_of_what_kind_a_document_is_can_be_told_from_words() -> None:
    assert is_scope(scope("area", "290"))
    assert not any(is_scope(each) for each in ("pankki", inside("pankki"), titled("pankki")))
    assert len({scope("area", "290"), scope("kind", "290"), inside("290"), titled("290"), "290"}) == 5


# ── Finding ─────────────────────────────────────────────────────────────────────────────────────────────

WORDS = ("pankki", "kela", "puhelin", "apu")
numbers = iter(range(10**9, 10**12, 1000))


def keep(documents: Documents) -> None:
    """Hold these documents (title, about, body) in the index and no others; their number is their key."""
    SearchDocument.objects.all().delete()
    backends.clear()
    first = next(numbers)  # no document has ever been counted so
    rows = [
        SearchDocument(id=first + n, kind="thing", key=str(n), title=title, about=about, body=body)
        for n, (title, about, body) in enumerate(documents)
    ]
    SearchDocument.objects.bulk_create(rows)
    backends.put([(row.id, row.title, row.about, row.body) for row in rows])


def by_hand(
    documents: Documents, asked: list[list[str]], required: list[list[str]], limit: int
) -> tuple[list[str], int]:
    """Return the keys that `find` should return, found by looking at one document after the other."""
    every = [
        (str(n), set(" ".join(parts).split()), set(parts[0].split())) for n, parts in enumerate(documents)
    ]
    fitting = [one for one in every if all(one[1] & set(group) for group in required)]
    filled = [set(group) for group in asked if group]
    titles = [key for key, _said, title in fitting if filled and all(title & group for group in filled)]
    whole = [key for key, said, _title in fitting if all(said & group for group in filled)]
    some = [key for key, said, _title in fitting if any(said & group for group in filled)]
    order = list(dict.fromkeys([*titles, *(whole if filled or required else ())]))[:limit]
    return list(dict.fromkeys([*order, *(some if len(filled) > 1 else ())]))[:limit], len(order)


fields = st.lists(st.sampled_from(WORDS), max_size=3).map(lambda words: " ".join(sorted(set(words))))
kept = st.lists(st.tuples(fields, fields, fields), max_size=8)
groups = st.lists(st.lists(st.sampled_from([*WORDS, "nobody"]), max_size=2), max_size=3)
conditions = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2), max_size=1)


@pytest.mark.django_db
@patiently
@given(kept, groups, conditions, st.integers(1, 9))
@example([("pankki", "", ""), ("", "pankki kela", "")], [["kela"], ["pankki"]], [], 1)
def test_the_database_finds_what_one_finds_by_hand_in_the_same_order(
    documents: Documents, asked: list[list[str]], required: list[list[str]], limit: int
) -> None:
    keep(documents)
    found, whole = find(asked, required=required, limit=limit)
    assert ([each.key for each in found], whole) == by_hand(documents, asked, required, limit)


@pytest.mark.django_db
@patiently
@given(st.lists(st.text(st.characters(max_codepoint=0x24F), min_size=1, max_size=12), min_size=2, max_size=5))
@example(["d’arc", "d", "arc"])
@example(["suomi.fi", "suomi", "fi"])
@example(["a_b", "a", "b"])
def test_a_token_finds_only_documents_that_have_just_that_token(terms: list[str]) -> None:
    made = [token(term) for term in terms]
    keep([(each, "", "") for each in made])
    for each in {*made} - {""}:
        found = [one.key for one in find([[each]])[0]]
        assert found == [str(n) for n, other in enumerate(made) if other == each]


@pytest.mark.django_db
def test_a_document_is_found_with_its_tokens_by_field() -> None:
    keep([("pankki", "apu kela", "puhelin")])
    parts = frozenset({"pankki"}), frozenset({"apu", "kela"}), frozenset({"puhelin"})
    assert find([["puhelin"]]) == ([Found("thing", "0", *parts)], 1)


@pytest.mark.django_db
def test_a_document_that_was_replaced_a_moment_ago_is_left_out() -> None:
    keep([("pankki", "", ""), ("pankki", "", "")])
    SearchDocument.objects.filter(key="0").delete()
    assert [each.key for each in find([["pankki"]])[0]] == ["1"]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [[], [[]], [[], []]])
def test_without_words_and_without_conditions_nothing_is_found(asked: list[list[str]]) -> None:
    keep([("pankki", "", "")])
    assert find(asked) == ([], 0)


@pytest.mark.django_db
def test_one_asks_the_same_few_times_however_many_documents_there_are() -> None:
    counts = []
    for size in (5, 500):
        keep([("", "pankki", "kela")] * size)
        with CaptureQueriesContext(connection) as queries:
            find([["pankki"], ["kela"]])
        counts.append(len(queries))
    assert max(counts) <= 4


# ── The index of the demo ───────────────────────────────────────────────────────────────────────────────


def with_demo(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.django_db(pytest.mark.usefixtures("demo")(test))


@with_demo
def test_a_fresh_index_has_no_fault() -> None:
    # what a test before this one has read of the demo is not what is held now
    editions.renew()
    size = index.rebuild()
    assert index.faults() == []
    assert size == SearchDocument.objects.count() == len(backends.rowids())


@with_demo
def test_made_again_it_is_the_same() -> None:
    def held() -> tuple[list[tuple], list[tuple]]:
        documents = SearchDocument.objects.order_by("id").values_list("kind", "key", "title", "about", "body")
        terms = SearchTerm.objects.order_by("term").values_list("term", "documents", "is_word")
        return list(documents), list(terms)

    before = held()
    index.rebuild()
    assert held() == before


@with_demo
def test_what_a_process_has_learnt_from_the_old_index_is_out_of_date() -> None:
    before = editions.current()
    index.rebuild()
    assert editions.current() != before


def remove_document(row: SearchDocument) -> None:
    backends.remove([row.id])
    row.delete()


def change_terms(row: SearchDocument) -> None:
    SearchDocument.objects.filter(id=row.id).update(title="jotain muuta")


def forget_in_full_text(row: SearchDocument) -> None:
    backends.remove([row.id])


def keep_what_is_gone(row: SearchDocument) -> None:
    SearchDocument.objects.create(id=10**15, kind="service", key="gone", title="a", about="b", body="c")
    backends.put([(10**15, "a", "b", "c")])


def keep_in_full_text(row: SearchDocument) -> None:
    backends.put([(10**15, "a", "b", "c")])


FAULTS = {
    remove_document: "{row} is missing",
    change_terms: "{row} has old terms",
    forget_in_full_text: "{row} is not in the full-text table",
    keep_what_is_gone: "service gone no longer exists",
    keep_in_full_text: "row 1000000000000000 of the full-text table is of no document",
}


@with_demo
@pytest.mark.parametrize("damage", FAULTS, ids=lambda damage: damage.__name__)
def test_each_kind_of_fault_is_noticed(damage: Callable[[SearchDocument], None]) -> None:
    row = SearchDocument.objects.filter(kind="service").order_by("key").first()
    told = FAULTS[damage].format(row=f"{row.kind} {row.key}")
    damage(row)
    assert index.faults() == [told]


@with_demo
def test_a_rebuild_mends_every_fault() -> None:
    rows = SearchDocument.objects.filter(kind="service").order_by("key")[:3]
    for damage, row in zip((remove_document, change_terms, forget_in_full_text), rows, strict=True):
        damage(row)
    keep_what_is_gone(rows[0])
    index.rebuild()
    assert index.faults() == []


@with_demo
def test_a_rebuild_that_breaks_half_way_leaves_the_old_index() -> None:
    before = backends.rowids()

    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT INTO") and "search_searchterm" in sql:
            raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full), pytest.raises(DatabaseError):
        index.rebuild()
    assert backends.rowids() == before
    assert index.faults() == []


@with_demo
def test_on_the_whole_demo_the_database_finds_what_one_finds_by_hand() -> None:
    documents = list(SearchDocument.objects.order_by("id"))
    rows = [(row.title, row.about, row.body) for row in documents]
    questions = (["pankki"], ["kirjasto", "kuhmo"], ["digituki", "puhelin"])
    for words, kind in product(questions, ("service", "place")):
        asked, required = [[word] for word in words], [[scope("kind", kind)]]
        found, whole = find(asked, required=required)
        keys, expected = by_hand(rows, asked, required, 200)
        assert [each.key for each in found] == [documents[int(key)].key for key in keys]
        assert whole == expected
