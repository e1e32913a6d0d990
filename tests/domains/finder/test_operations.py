"""What the finder writes: counts of our own words, and never anything about who asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kilauta.domains.finder.models import Finding, Synonym
from kilauta.domains.finder.operations import KINDS, counted, save_synonym, write_findings
from kilauta.domains.finder.queries.offers import FACETS
from kilauta.kit import metrics
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.saving import Outcome
from tests.cast import NOW, at_once, forget_counts

HOUR = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
with_demo = pytest.mark.usefixtures("demo", "door")

# Everything that is kept of a happening. A new field must be thought about before it may stand here.
KEPT = (
    "id", "hour", "kind", "network", "lang", "need", "words", "filters", "place", "chosen", "results", "outcome",
    "times",
)  # fmt: skip


def written() -> list[dict]:
    metrics.flush()
    return list(Finding.objects.order_by("id").values(*KEPT[1:]))


@pytest.fixture
def visitor() -> Iterator[Client]:
    forget_counts()
    yield Client(headers={"user-agent": "Aino's telephone", "referer": "http://elsewhere.example/?aino"})
    forget_counts()


# ── What is kept ────────────────────────────────────────────────────────────────────────────────────────


def test_a_finding_has_no_field_that_could_say_who_asked() -> None:
    assert tuple(field.name for field in Finding._meta.get_fields()) == KEPT


@with_demo
@pytest.mark.django_db
def test_an_answer_is_kept_as_need_place_way_and_who_came_first(visitor: Client) -> None:
    visitor.get("/kilauta/puhelin/290-kuhmo/?tapa=phone")
    visitor.get("/sv/kilauta/puhelin/290-kuhmo/?tapa=phone")
    visitor.get("/kilauta/puhelin/290-kuhmo/?tapa=phone")
    rows = sorted(written(), key=lambda row: row["lang"])
    assert [(row.pop("lang"), row.pop("times")) for row in rows] == [("fi", 2), ("sv", 1)]
    chosen = {row.pop("chosen") for row in rows}
    assert rows == [
        {"hour": HOUR, "kind": "answer", "network": "kainuu", "need": "puhelin", "words": "", "filters": "phone",
         "place": "290", "results": "2-5", "outcome": ""},
    ] * 2  # fmt: skip
    assert "" not in chosen


@with_demo
@pytest.mark.django_db
def test_a_search_is_kept_as_the_words_of_ours_in_it(visitor: Client) -> None:
    visitor.get("/haku/?q=tulostaminen+kuhmossa&fee=free&way=visit")
    (row,) = written()
    assert (row["kind"], row["place"], row["filters"], row["need"]) == (
        "search",
        "290",
        "fee=free way=visit",
        "",
    )
    assert row["words"].split() != []
    assert "kuhmo" not in row["words"]


@with_demo
@pytest.mark.django_db
def test_the_page_of_an_entry_is_kept_as_that_entry(visitor: Client) -> None:
    page = visitor.get("/palvelut/")
    address = page.content.decode().partition('href="/palvelut/')[2].partition('"')[0]
    visitor.get(f"/palvelut/{address}")
    (row,) = written()
    assert (row["kind"], row["network"], row["words"]) == ("view", "kainuu", "")
    assert row["chosen"] != ""


@with_demo
@pytest.mark.django_db
def test_nothing_is_kept_of_pages_that_are_not_there_or_only_lead_on(visitor: Client) -> None:
    for address in (
        "/kilauta/puhelin/999/",
        "/kilauta/nonsense/290/",
        "/palvelut/zzzzzz-x/",
        "/",
        "/kilauta/",
        "/tietoa/",
    ):
        visitor.get(address)
    assert written() == []


# ── Nothing about a person ──────────────────────────────────────────────────────────────────────────────

PERSONAL = (
    "Matti Meikäläinen",
    "0401234567",
    "+358 40 123 4567",
    "010190-123A",
    "matti.meikalainen@kotisivu.example",
    "Kotikatu 13 B 7",
    "verkkopankki Matti Meikäläinen 0401234567 Kuhmo",
    "diabetes masennus velat",
)


@with_demo
@pytest.mark.django_db
@pytest.mark.parametrize("typed", PERSONAL)
def test_a_name_or_a_number_that_somebody_types_leaves_no_trace(typed: str, visitor: Client) -> None:
    """Wherever it is typed: as the words, as a filter, as a place, as a wish."""
    visitor.get(f"/haku/?{urlencode({'q': typed})}")
    visitor.get(f"/haku/?{urlencode(dict.fromkeys((*FACETS, 'paikka', 'sivu', 'q'), typed))}")
    visitor.get(f"/kilauta/?{urlencode({'q': typed})}")
    visitor.get(f"/kilauta/puhelin/290/?{urlencode(dict.fromkeys(('tapa', 'kieli', 'kenelle'), typed))}")
    rows = written()
    assert rows != []
    kept = " ".join(str(value) for row in rows for value in row.values()).lower()
    pieces = {piece for piece in typed.lower().replace("@", " ").replace(".", " ").split() if len(piece) > 2}
    assert [piece for piece in pieces - {"verkkopankki", "kuhmo", "example"} if piece in kept] == []


@with_demo
@pytest.mark.django_db
def test_neither_address_nor_browser_nor_where_one_came_from_is_kept(visitor: Client) -> None:
    visitor.get("/haku/?q=pankki", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": "203.0.113.8"})
    kept = str(written())
    assert [each for each in ("203.0.113", "aino", "telephone", "elsewhere") if each in kept.lower()] == []


@with_demo
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*FACETS, "q", "paikka", "tapa"]),
        st.text(max_size=300).map("{}?".format),  # not by chance a value of a filter
        max_size=4,
    )
)
def test_whatever_is_typed_can_be_written(query: dict[str, str]) -> None:
    forget_counts()
    Finding.objects.all().delete()
    visitor = Client()
    visitor.get(f"/haku/?{urlencode(query, errors='replace')}")
    visitor.get(f"/kilauta/puhelin/290/?{urlencode(query, errors='replace')}")
    assert metrics.flush() == 2
    assert {row.filters for row in Finding.objects.all()} == {""}


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, "0"), (1, "1"), (2, "2-5"), (5, "2-5"), (6, "6-20"), (20, "6-20"), (21, "20+"), (999, "20+")],
)
def test_a_number_of_results_is_kept_coarsely(number: int, told: str) -> None:
    assert counted(number) == told


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────


def noted(kind: str = "search", hour: datetime = HOUR, **facts: str) -> metrics.Note:
    return metrics.Note(kind, hour, tuple(sorted({"network": "kainuu", "lang": "fi", **facts}.items())))


def test_each_kind_is_received() -> None:
    from kilauta.kit.metrics import buffer

    assert {kind: buffer._receivers[kind] for kind in KINDS} == dict.fromkeys(KINDS, write_findings)


@pytest.mark.django_db
def test_counts_of_the_same_hour_are_added_up_in_one_row() -> None:
    write_findings({noted(words="pankki"): 3, noted(words="kela"): 1})
    write_findings({noted(words="pankki"): 2, noted(words="pankki", hour=HOUR + timedelta(hours=1)): 5})
    rows = Finding.objects.order_by("hour", "words").values_list("hour", "words", "times")
    assert list(rows) == [(HOUR, "kela", 1), (HOUR, "pankki", 5), (HOUR + timedelta(hours=1), "pankki", 5)]


@pytest.mark.usefixtures("own_database")
def test_two_processes_that_write_the_same_count_at_once_lose_nothing() -> None:
    def write() -> None:
        for n in range(20):
            write_findings({noted(words=f"word{n % 4}"): 1, noted(words="all"): 1})

    at_once(write, write, write)
    (rows,) = at_once(lambda: sorted(Finding.objects.values_list("words", "times")))
    assert rows == [("all", 60), *((f"word{n}", 15) for n in range(4))]


# ── Synonyms ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_word_people_use_is_held_changed_and_left_alone() -> None:
    actor = Person.objects.system()

    def save(means: str) -> Outcome:
        return save_synonym(
            "hilavitkutin", lang="fi", word="hilavitkutin", means=means, actor=actor, now=NOW
        ).outcome

    assert [save("puhelin"), save("puhelin"), save("puhelin; matkapuhelin")] == [
        "created",
        "unchanged",
        "changed",
    ]
    assert Synonym.objects.get(id="hilavitkutin").means == "puhelin; matkapuhelin"


@pytest.mark.django_db
@pytest.mark.parametrize("row", [{"lang": "fi", "word": "hilavitkutin"}, {"lang": "de", "word": "Handy"}])
def test_the_database_refuses_a_word_twice_and_a_language_we_do_not_have(row: dict[str, str]) -> None:
    Synonym.objects.create(id="hilavitkutin", lang="fi", word="hilavitkutin", means="puhelin")
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(id="other", means="puhelin", **row)
