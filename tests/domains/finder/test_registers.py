"""The words people use: what is changed is understood by the next search."""

from __future__ import annotations

import pytest

from kilauta.domains.finder.models import Synonym
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.site.reference import load_reference_data
from tests.cast import NOW
from tests.domains.registering import bengt, end, keeper, new, one, read, rows, save, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]


def test_a_word_is_understood_changed_and_forgotten() -> None:
    client = keeper()
    assert "/aiheet/b-pankki/" not in read("/haku/?q=zömpsyttää")
    save(client, new("sanat"), lang="fi", word="zömpsyttää", means="verkkopankki")
    made = Synonym.objects.get(word="zömpsyttää")
    assert "/aiheet/b-pankki/" in read("/haku/?q=zömpsyttää")
    assert save(client, new("sanat"), lang="fi", word="Zömpsyttää", means="puhelin").status_code == 200
    save(client, one("sanat", made.pk), means="kännykkä")
    assert "/aiheet/b-pankki/" not in read("/haku/?q=zömpsyttää")
    end(client, "sanat", made.pk)
    assert not Synonym.objects.filter(pk=made.pk).exists()
    told_of = Change.objects.filter(label="finder.Synonym", thing_id=made.pk).order_by("id")
    assert list(told_of.values_list("verb", flat=True)) == ["created", "changed", "removed"]


def test_two_words_of_one_slug_are_two() -> None:
    client = keeper()
    for word in ("zää", "zaa"):
        assert save(client, new("sanat"), lang="fi", word=word, means="puhelin").status_code == 302
    assert Synonym.objects.filter(word__in=("zää", "zaa")).count() == 2


def test_a_word_that_was_removed_stays_so_at_the_next_setup() -> None:
    end(keeper(), "sanat", "fi-kannykka")
    load_reference_data(actor=Person.objects.system(), now=NOW)
    assert not Synonym.objects.filter(pk="fi-kannykka").exists()
    assert Synonym.objects.filter(pk="fi-luuri").exists()


def test_where_there_are_two_networks_a_coordinator_reads_the_words_they_share() -> None:
    client = bengt()
    assert "kännykkä" in told(client.get(f"{rows('sanat')}?haku=känny"))
    answers = [
        client.get(new("sanat")),
        client.get(one("sanat", "fi-luuri")),
        end(client, "sanat", "fi-luuri"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
