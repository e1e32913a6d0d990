"""Anonymous counts: noted in memory, written in batches, none lost between many who note at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from kilauta.kit import metrics
from kilauta.kit.metrics import buffer
from tests.cast import at_once, forget_counts

NOW = datetime(2026, 11, 24, 9, 42, 17, 123, tzinfo=UTC)
HOUR = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Book:
    """Somebody who writes counts down, and can be out of ink."""

    def __init__(self) -> None:
        self.written: Counter[metrics.Note] = Counter()
        self.out_of_ink = False
        self.flushes = 0
        self.wrote = threading.Event()

    def __call__(self, counts: Mapping[metrics.Note, int]) -> None:
        if self.out_of_ink:
            raise DatabaseError("database is locked")
        self.written.update(counts)
        self.flushes += 1
        self.wrote.set()


@pytest.fixture
def book() -> Iterator[Book]:
    forget_counts()
    receivers = dict(buffer._receivers)
    book = Book()
    metrics.receive("visit", book)
    yield book
    buffer._receivers.clear()
    buffer._receivers.update(receivers)
    forget_counts()


def test_what_is_noted_is_written_once_with_how_often_it_happened(book: Book) -> None:
    for page in ("home", "search", "home"):
        metrics.note("visit", now=NOW, page=page, lang="fi")
    assert metrics.flush() == 3
    assert book.written == {
        metrics.Note("visit", HOUR, (("lang", "fi"), ("page", "home"))): 2,
        metrics.Note("visit", HOUR, (("lang", "fi"), ("page", "search"))): 1,
    }
    assert metrics.flush() == 0


def test_noting_writes_nothing(book: Book) -> None:
    metrics.note("visit", now=NOW)
    assert book.flushes == 0


@given(st.timedeltas(timedelta(days=-3650), timedelta(days=3650)))
def test_a_count_knows_the_hour_and_nothing_finer(since: timedelta) -> None:
    forget_counts()
    metrics.note("visit", now=NOW + since)
    ((noted, times),) = buffer._counts.items()
    assert (noted.hour, times) == ((NOW + since).replace(minute=0, second=0, microsecond=0), 1)
    forget_counts()


def test_what_cannot_be_written_is_kept_and_written_later_together_with_what_came_since(book: Book) -> None:
    metrics.note("visit", now=NOW, page="home")
    book.out_of_ink = True
    assert metrics.flush() == 0
    metrics.note("visit", now=NOW, page="home")
    book.out_of_ink = False
    assert metrics.flush() == 2
    assert sum(book.written.values()) == 2


def test_a_kind_that_cannot_be_written_does_not_hold_up_the_others(book: Book) -> None:
    other = Book()
    other.out_of_ink = True
    metrics.receive("another", other)
    metrics.note("another", now=NOW)
    metrics.note("nobody-receives-this", now=NOW)
    metrics.note("visit", now=NOW)
    assert metrics.flush() == 1
    assert sum(book.written.values()) == 1


@pytest.mark.parametrize("noters", [2, 8])
def test_many_who_note_and_flush_at_once_lose_nothing(book: Book, noters: int) -> None:
    """Each notes 500 happenings of 50 kinds while two others keep flushing, and the ink runs out now and then."""
    done = threading.Event()

    def note() -> None:
        for n in range(500):
            metrics.note("visit", now=NOW, page=str(n % 50))

    def flush() -> None:
        while not done.is_set():
            book.out_of_ink = not book.out_of_ink
            metrics.flush()

    def all_note() -> None:
        at_once(*[note] * noters)
        done.set()

    at_once(all_note, flush, flush)
    book.out_of_ink = False
    metrics.flush()
    assert sum(book.written.values()) == noters * 500
    assert set(book.written.values()) == {noters * 10}


def test_old_counts_are_written_in_the_background_when_something_new_is_noted(book: Book) -> None:
    metrics.note("visit", now=NOW)
    metrics.note("visit", now=NOW + buffer.OLD - timedelta(microseconds=1))
    assert not book.wrote.is_set()
    metrics.note("visit", now=NOW + buffer.OLD)
    assert book.wrote.wait(10)
    assert sum(book.written.values()) == 3


def test_a_full_buffer_is_written_in_the_background(book: Book) -> None:
    for n in range(buffer.FULL):
        metrics.note("visit", now=NOW, page=str(n))
    assert book.wrote.wait(10)
    metrics.flush()
    assert sum(book.written.values()) == buffer.FULL
