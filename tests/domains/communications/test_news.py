"""News: on the front page from their first day to their last, and for programs that follow them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kilauta.domains.communications import operations, queries
from kilauta.domains.communications.models import News
from kilauta.kit.accounts.models import Person
from kilauta.kit.refusals import Refused
from tests.cast import KAAKKO, NOW, Visitor

from .office_story import TODAY, at_work, news, seen, writer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo", "door")]

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_news() -> None:
    """The demo has news of its own; these tests begin without."""
    News.objects.all().delete()


def headings(address="/", host="testserver"):
    return [link.get_text() for link in seen(address, host).select("main a[href*='#uutinen-']")]


def test_the_front_page_shows_the_two_newest_headings_in_force_and_nothing_when_there_are_none():
    assert seen("/").find(id="news-title") is None
    for number, start in enumerate((TODAY - DAY, TODAY, TODAY - 2 * DAY, TODAY + DAY)):
        news(title_fi=f"Uutinen {number}", from_on=start, until_on=TODAY + DAY)
    news(title_fi="Luonnos", published=False)
    news("kaakko", title_fi="Muiden")
    assert headings() == ["Uutinen 1", "Uutinen 0"]
    assert headings("/", KAAKKO) == ["Muiden"]


def test_a_heading_leads_to_its_news():
    held = news()
    (link,) = seen("/").select("main a[href*='#uutinen-']")
    assert link["href"] == f"/uutiset/#uutinen-{held.pk}"
    assert seen("/uutiset/").find(id=f"uutinen-{held.pk}") is not None


def test_news_hold_by_the_days_of_finland_first_and_last_included():
    news(from_on=TODAY, until_on=TODAY)
    # midnight in Finland is ten in the evening by UTC
    midnight = datetime(2026, 11, 23, 22, tzinfo=UTC)
    second = timedelta(seconds=1)
    instants = (midnight - second, midnight, midnight + DAY - second, midnight + DAY)
    assert [queries.news_in_force("kainuu", now=at).count() for at in instants] == [0, 1, 1, 0]


def test_news_that_are_over_stay_among_the_earlier_ones():
    news(title_fi="Mennyt", from_on=TODAY - 9 * DAY, until_on=TODAY - DAY)
    page = seen("/uutiset/")
    assert page.select("main section") == []
    assert "Mennyt" in page.select_one("main details summary").get_text().replace("\u00ad", "")


def test_a_heading_in_another_language_than_the_page_is_marked():
    news(title_sv="", title_en="News")
    assert [a.get("lang") for a in seen("/sv/").select("main a[href*='#uutinen-']")] == ["fi"]
    assert [a.get("lang") for a in seen("/en/").select("main a[href*='#uutinen-']")] == [None]


def test_programs_can_read_the_feed_and_no_markup_comes_through():
    news(title_fi="A & <b>", text_fi="<script>x</script> [Koti](https://koti.example/)")
    news(title_fi="Luonnos", published=False)
    response = Client().get("/uutiset/syote/")
    assert response["Content-Type"].startswith("application/rss+xml")
    (item,) = ET.fromstring(response.content).findall("channel/item")
    assert item.findtext("title") == "A & <b>"
    assert item.findtext("link") == f"http://testserver/uutiset/#uutinen-{News.objects.earliest('id').pk}"
    assert item.findtext("description") == (
        '<p>&lt;script&gt;x&lt;/script&gt; <a href="https://koti.example/" rel="noreferrer">Koti</a></p>'
    )
    assert item.findtext("pubDate") == "Tue, 24 Nov 2026 09:00:00 +0000"


def test_the_pages_of_news_cost_the_same_for_one_and_for_many():
    visitor = Visitor()

    def costs():
        visitor.get("/tietosuoja/")
        found = []
        for address in ("/", "/uutiset/", "/uutiset/syote/"):
            with CaptureQueriesContext(connection) as asked:
                assert visitor.get(address).status_code == 200
            found.append(len(asked))
        return found

    news()
    one = costs()
    for _number in range(9):
        news()
    assert costs() == one == [3, 3, 2]


def test_news_cannot_end_before_they_begin_nor_carry_an_identity_number():
    with pytest.raises(Refused) as backwards:
        news(until_on=TODAY - DAY)
    assert backwards.value.code == "contradiction"
    with pytest.raises(Refused) as refused:
        news(text_fi="Tunnus 131052-308T")
    assert (refused.value.code, News.objects.count()) == ("identity-number", 0)


def test_news_are_written_and_published_in_the_office():
    client = at_work(writer())
    typed = {"title_fi": "Kurssi", "text_fi": "Alkaa.", "from_on": "24.11.2026", "until_on": "1.12.2026"}
    address = client.post("/koordinointi/uutiset/uusi/", typed)["Location"]
    assert headings() == []
    client.post(address, {"do": "publish"})
    assert headings() == ["Kurssi"]
    assert client.post("/koordinointi/uutiset/uusi/", {**typed, "text_fi": "x" * 601}).status_code == 200
    assert News.objects.count() == 1


def test_news_of_another_network_are_not_there():
    held = news("kaakko", published=False)
    client = at_work(writer())
    assert client.post(f"/koordinointi/uutiset/{held.pk}/", {"do": "publish"}).status_code == 404
    assert client.get(f"/koordinointi/uutiset/{held.pk}/muokkaa/").status_code == 404
    operations.withdraw(held, actor=Person.objects.system(), now=NOW)
    assert headings("/", KAAKKO) == []
