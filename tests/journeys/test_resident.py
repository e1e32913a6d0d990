"""People who need help, and those who look for it on their behalf. Without scripts, unless a test says so.

Aino has a new phone and a hurry. Bengt reads Swedish. Carla's mother lives in Kuhmo. Nobody types anything that
can be chosen, and everybody ends at a number that somebody answers.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.cast import KAAKKO, NOW

from .looking import listed
from .routes import SUNDAY_NIGHT, Route, Still

LINES = {"127.0.0.1": "tel:+358505550100", KAAKKO: "tel:+358505550200"}
KUHMO = {"latitude": 64.1303, "longitude": 29.5197}
MOST_CLICKS = 3


@dataclass
class Person:
    """Someone before a browser, whose clicks are counted."""

    page: Page
    clicks: int = 0
    typed: int = 0
    asked: list[str] = field(default_factory=list)

    def start(self, address: str) -> None:
        self.page.goto(address)
        self.clicks = 0

    def click(self, what: str | Locator) -> None:
        link = self.page.locator(what).first if isinstance(what, str) else what
        link.click()
        # what is read next is of the whole page that came
        self.page.wait_for_load_state()
        self.clicks += 1

    def type(self, words: str) -> None:
        self.page.locator("main input[name=q]").fill(words)
        self.typed += len(words)

    def numbers(self) -> list[str]:
        """Return the numbers on the page that are not the network's own line."""
        found = self.page.locator("main a.phone:visible").evaluate_all("(links) => links.map((a) => a.href)")
        return [number for number in found if number not in LINES.values()]

    def is_at_a_number(self) -> str:
        """Return the number to ring; to ring it is one more click."""
        assert self.numbers(), f"no number on {self.page.url}"
        assert self.clicks + 1 <= MOST_CLICKS, f"{self.clicks + 1} clicks to {self.page.url}"
        assert self.typed == 0
        return self.numbers()[0]


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        java_script_enabled=False, locale="fi-FI", viewport={"width": 360, "height": 740}
    )
    yield context
    context.close()


@pytest.fixture
def person(without_scripts: BrowserContext) -> Person:
    return Person(without_scripts.new_page())


@pytest.fixture
def scripted(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="fi-FI", viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.mark.parametrize("host", LINES)
@pytest.mark.parametrize("when", [NOW, SUNDAY_NIGHT], ids=["weekday", "sunday-night"])
def test_aino_finds_a_number_for_every_everyday_need(when, host: str, person: Person, still: Still) -> None:
    home = still(when).replace("127.0.0.1", host)
    person.start(home)
    needs = person.page.locator(".door .choice").evaluate_all("(links) => links.map((a) => a.pathname)")
    assert 6 <= len(needs) <= 8
    for need in needs:
        person.start(home)
        person.click(f".door .choice[href='{need}']")
        person.click(".choices-short .choice")
        person.is_at_a_number()


@pytest.mark.parametrize("when", [NOW, SUNDAY_NIGHT], ids=["weekday", "sunday-night"])
def test_there_is_a_number_for_every_need_in_every_municipality(when, still: Still) -> None:
    server = still(when)
    without = []
    for host, line in LINES.items():
        needs = re.findall(r'href="/kilauta/([\w-]+)/"', read(server, "/kilauta/", host))
        for need in needs:
            places = re.findall(rf'href="(/kilauta/{need}/[\w-]+/)"', read(server, f"/kilauta/{need}/", host))
            for place in places:
                main = read(server, place, host).partition("<main")[2].partition("</main>")[0]
                if not set(re.findall(r'href="(tel:[^"]+)"', main)) - {line}:
                    without.append(host + place)
    assert not without, listed(without)


def read(server: str, path: str, host: str) -> str:
    request = urllib.request.Request(server + path, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


def test_aino_need_not_say_where_she_is(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.click(".door .choice")
    person.click(".choices-short .choice[href$='/missa-vain/']")
    person.is_at_a_number()


def test_bengt_stays_in_swedish_all_the_way(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.click(".tongues a[lang=sv]")
    pages = []
    for step in (".door .choice", ".choices-short .choice:has-text('Kajana')"):
        pages.append(person.page.url)
        person.click(step)
    assert person.numbers()
    for _ in pages:
        assert person.page.locator("html").get_attribute("lang") == "sv"
        assert "/sv/" in person.page.url
        person.page.go_back()
    # to choose the language comes once; after that the way is as short as Aino's
    person.start(f"{still(NOW)}/sv/")
    person.click(".door .choice")
    person.click(".choices-short .choice:has-text('Kajana')")
    person.is_at_a_number()


def test_carla_prints_a_card_for_her_mother(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.click(".foot-links a[href='/kortti/']")
    person.click(".choices-short .choice[href*='kuhmo']")
    person.is_at_a_number()
    assert person.page.locator(".sheet .phone-big").count() >= 2
    address = person.page.locator("a[href$='a4.pdf']").evaluate("(link) => link.href")
    answer = person.page.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(answer.body())) == 1


def test_carla_finds_help_that_comes_to_her_mothers_home(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.click(".door .choice[href='/kilauta/puhelin/']")
    person.click(".choices-short .choice[href*='kuhmo']")
    before = person.numbers()
    person.click(".ways a[href*='tapa=home']")
    assert person.page.locator(".ways [aria-current]").count() == 1
    assert person.numbers()
    assert person.numbers() != before


def test_when_nobody_answers_there_is_a_second_number(person: Person, still: Still) -> None:
    person.start(f"{still(NOW)}/kilauta/puhelin/290-kuhmo/")
    first = person.numbers()[0]
    others = person.page.locator(".others .phone").evaluate_all("(links) => links.map((a) => a.href)")
    assert others
    assert first not in others
    assert person.page.locator(".helpline .phone").get_attribute("href") == LINES["127.0.0.1"]


def test_on_sunday_night_the_answer_says_when_it_opens(person: Person, still: Still) -> None:
    person.start(still(SUNDAY_NIGHT))
    expect(person.page.locator(".open-now .line")).to_have_count(0)
    person.click(".door .choice[href='/kilauta/puhelin/']")
    person.click(".choices-short .choice[href*='kuhmo']")
    person.is_at_a_number()
    state = person.page.locator(".first-state")
    expect(state.locator(".state-closed")).to_be_visible()
    assert re.search(r"\d", state.inner_text()), "it does not say when"


def test_a_misspelt_word_finds_all_the_same(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.type("omakannta")
    person.click(".search button")
    said = person.page.locator(".found").inner_text()
    assert "omakannta" in said
    assert "omakanta" in said.lower()
    assert "OmaKanta" in person.page.locator(".direct").inner_text()
    assert person.numbers()


def test_words_that_nobody_knows_end_at_the_networks_line(person: Person, still: Still) -> None:
    person.start(still(NOW))
    person.type("taxfix")
    person.click(".search button")
    assert person.page.locator(".nothing .phone-big").get_attribute("href") == LINES["127.0.0.1"]


def test_own_words_lead_to_the_answer(person: Person, still: Still) -> None:
    person.start(f"{still(NOW)}/kilauta/")
    person.type("omakela kuhmo")
    person.click(".search button")
    assert "/kilauta/" in person.page.url
    assert person.numbers()


# Paper -------------------------------------------------------------------------------------------------------------

# The fullest page of each kind in the demo, and a plain one.
PRINTED = [
    Route("service", "/palvelut/*-omakanta-neuvonta/"),
    Route("service-long", "/palvelut/*-digitukea-omaan-tahtiin/"),
    Route("service-four-ways", "/palvelut/*-alypuhelinkurssi-sotkamon-kansalaisopisto/"),
    Route("provider", "/antajat/*-kainuun-nuotta-ry/"),
    Route("provider-branched", "/antajat/*-kajaanin-kaupunginkirjasto/"),
    Route("place", "/paikat/*-kajaanin-paakirjasto/"),
    Route("place-house", "/paikat/*-kajaanin-jarjestotalo/"),
    Route("answer", "/kilauta/puhelin/290-kuhmo/"),
    Route("answer-rule", "/kilauta/pankki/205-kajaani/"),
    Route("answer-long", "/kilauta/terveys/205-kajaani/"),
    Route("easy-answer", "/selko/kilauta/puhelin/290-kuhmo/"),
]
NOT_PRINTED = ".top, .bottom, .crumbs, .skip, .ways, .closer, .actions, .search, .filters, .near"


@pytest.mark.parametrize("route", PRINTED, ids=lambda route: route.name)
def test_a_page_prints_on_one_a4(route: Route, person: Person, still: Still) -> None:
    page = person.page
    page.goto(route.address(still, "fi"))
    page.emulate_media(media="print")
    for part in page.locator(NOT_PRINTED).all():
        expect(part).to_be_hidden()
    expect(page.locator("main h1")).to_be_visible()
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    # a word parted at the end of a line is read with a sign of its own
    text = (
        "".join(sheet.get_textpage().get_text_range() for sheet in paper)
        .replace("\u00a0", " ")
        .replace("\ufffe", "-")
    )
    assert "050 555 0100" in text, "the network's line is missing"
    assert "/".join(page.url.split("/")[3:5]) in re.sub(r"\s", "", text), "the address is missing"
    if person.numbers():
        assert page.locator("main a.phone:visible .number").first.inner_text().replace("\u00a0", " ") in text
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    assert len(paper) == 1, f"{len(paper)} sheets"


# Keyboard ----------------------------------------------------------------------------------------------------------


def test_the_keyboard_alone_leads_from_home_to_a_number(scripted: BrowserContext, still: Still) -> None:
    page = scripted.new_page()
    page.goto(still(NOW))
    keys = tab_to(page, ".skip")
    assert keys == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sisalto"
    keys += tab_to(page, ".door .choice[href='/kilauta/puhelin/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kilauta/puhelin/")
    keys += tab_to(page, ".skip")
    page.keyboard.press("Enter")
    keys += tab_to(page, ".choices-short .choice[href*='kuhmo']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kilauta/puhelin/290-kuhmo/")
    keys += tab_to(page, ".skip")
    page.keyboard.press("Enter")
    keys += tab_to(page, ".first .phone-big")
    print(f"{keys} times the tabulator from home to the number")


def tab_to(page: Page, selector: str, most: int = 60) -> int:
    """Press the tabulator until the thing has the focus; return how many times."""
    for times in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return times
    pytest.fail(f"the tabulator does not come to {selector}")


# Near me -----------------------------------------------------------------------------------------------------------


def test_near_me_names_the_place_and_keeps_the_position(browser: Browser, still: Still) -> None:
    context = browser.new_context(geolocation=KUHMO, permissions=["geolocation"])
    page = context.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.headers} {request.post_data}"))
    page.goto(f"{still(NOW)}/kilauta/puhelin/")
    page.locator("[data-near]").click()
    page.wait_for_url(re.compile(r"/kilauta/puhelin/[\w-]+/$"))
    assert (
        "Kuhmo" in page.locator(".first").inner_text()
        or "Kuhmo" in page.locator("main .over").first.inner_text()
    )
    told = [request for request in sent if re.search(r"6[34][.,]\d|29[.,]\d", request)]
    assert not told, listed(told)
    context.close()


def test_near_me_says_so_when_the_device_does_not_tell(scripted: BrowserContext, still: Still) -> None:
    page = scripted.new_page()
    page.goto(f"{still(NOW)}/kilauta/puhelin/")
    status = page.locator(".near [role=status]")
    page.locator("[data-near]").click()
    expect(status).to_have_text(status.get_attribute("data-failed") or "?")
    assert page.url.endswith("/kilauta/puhelin/")


def test_without_scripts_nothing_is_offered_that_does_not_work(person: Person, still: Still) -> None:
    for path in ("/kilauta/puhelin/", "/kilauta/puhelin/290-kuhmo/", "/kartta/"):
        person.start(still(NOW) + path)
        for button in person.page.locator("button:not([type=submit]), [data-near]").all():
            expect(button).to_be_hidden()
