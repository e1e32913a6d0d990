"""A GET changes no row of a domain. Every visit of the contracts is made under the wrapper that is tried here."""

from __future__ import annotations

import pytest

from kilauta.domains.finder.models import Synonym
from kilauta.domains.territory.models import Region
from kilauta.kit.metrics import buffer
from tests.cast import Visitor, WroteError, only_reading

from .walking import walk


def test_the_whole_site_has_been_read_without_a_statement_that_writes() -> None:
    """Each page of the walk was asked for under the wrapper; one that writes would have stopped it."""
    assert {page.status for page in walk().pages.values()} == {200}


@pytest.mark.parametrize("write", ["create", "update", "delete"])
def test_the_wrapper_would_notice(write: str) -> None:
    acts = {
        "create": lambda: Region.objects.create(code="99", name_fi="Uusi", name_sv="Ny", name_en="New"),
        "update": lambda: Region.objects.filter(code="18").update(name_fi="Toinen"),
        "delete": lambda: Synonym.objects.all().delete(),
    }
    with only_reading(), pytest.raises(WroteError):
        acts[write]()


def test_an_answer_is_counted_in_memory_only() -> None:
    with only_reading():
        Visitor(raise_request_exception=True).get("/")
        super(Visitor, visitor := Visitor()).request(PATH_INFO="/kilauta/puhelin/missa-vain/")
    assert [note.kind for note in buffer._counts] == ["answer"]
    assert visitor.cookies == {}
