"""The eyes see: faults put into a good page on purpose, one at a time, are all found, and the page itself has none."""

from __future__ import annotations

import pytest

from .looking import LONG_WORD, WIDTHS, Eyes
from .routes import Route, Still

SERVICE = Route("service", "/palvelut/*-omakanta-neuvonta/")

# what is done to the page; who has to find it; a piece of what is said
SEEDED = {
    "pale-text": ("$('main .lead').style.color = '#8a8f94'", "axe", "color-contrast"),
    "grey-text-aaa": ("$('main .lead').style.color = '#6b7075'", "axe", "color-contrast-enhanced"),
    "picture-without-words": ("$('main').append(new Image())", "axe", "image-alt"),
    "field-without-label": ("$('main').append(document.createElement('input'))", "axe", "label"),
    "skipped-heading": ("put('<h5>Otsikko</h5>')", "axe", "heading-order"),
    "no-language": ("document.documentElement.removeAttribute('lang')", "axe", "html-has-lang"),
    "list-of-nothing": ("put('<ul><div>rivi</div></ul>')", "axe", "list"),
    "unknown-aria": ("put('<p aria-labeled=\"x\">x</p>')", "axe", "aria-valid-attr"),
    "empty-link": ("put('<a href=\"/x/\"></a>')", "axe", "link-name"),
    "same-words-two-ways": ("put('<p><a href=\"/x/\">Lue</a> <a href=\"/y/\">Lue</a></p>')", "own", "same words"),
    "outside-landmarks": ("document.body.append(Object.assign(document.createElement('p'), { textContent: 'x' }))", "axe", "region"),
    "id-twice": ("put('<p id=\"sisalto\">x</p>')", "own", "id twice"),
    "label-of-nothing": ("put('<p aria-describedby=\"ei-ole\">x</p>')", "own", "names nothing"),
    "click-on-paragraph": ("$('main p').addEventListener('click', () => {})", "own", "on what is no control"),
    "onclick-in-page": ("$('main p').setAttribute('onclick', 'x()')", "own", "onclick in the page"),
    "button-that-is-none": ("put('<div role=\"button\" tabindex=\"0\">Soita</div>')", "own", "role button"),
    "hand": ("$('main p').style.cursor = 'pointer'", "own", "hand"),
    "small-target": ("put('<p><a href=\"/x/\">Lue kaikki</a></p>')", "own", "target"),
    "small-number": ("$('.phone').style.cssText = 'min-height: 3rem; padding: 0'", "own", "not 64"),
    "small-print": ("$('main p').style.fontSize = '15px'", "own", "text of 15"),
    "small-body": ("document.body.style.fontSize = '17px'", "own", "below 18 px"),
    "tabindex": ("$('main a').tabIndex = 3", "own", "tabindex 3"),
    "reversed": ("$('main .facts').style.cssText = 'display: flex; flex-direction: column-reverse'", "own", "elsewhere"),
    "title": ("$('main p').title = 'Lisätieto'", "own", "title"),
    "hover-only": ("restyle('.hint { display: none } .way:hover .hint { display: block }')", "own", "shown on hover"),
    "colour-alone": ("$('.state').textContent = ''", "own", "state without word"),
    "pale-mark": ("$('.state svg').style.color = '#d0c8b0'", "own", "contrast of mark"),
    "pale-drawn-text": ("put('<svg width=\"200\" height=\"40\"><text y=\"30\" fill=\"#999\">Kuhmo</text></svg>')", "own", "contrast of text"),
    "two-titles": ("put('<h1>Toinen</h1>')", "own", "2 first headings"),
    "long-lines": ("$('main p').style.maxWidth = 'none', $('main p').textContent = 'sana ja toinen '.repeat(40)", "own", "line of"),
    "justified": ("$('main p').style.textAlign = 'justify'", "own", "justified"),
    "no-ring": ("restyle(':focus-visible { outline: none !important }')", "walk", "focus not seen"),
    "thin-ring": ("restyle(':focus-visible { outline-width: 1px !important }')", "walk", "focus not seen (1 px)"),
    "covered-focus": ("restyle('.top { position: fixed; inset: 0; z-index: 9; background: white }')", "walk", "focus covered"),
    "stop-on-text": ("$('main p').tabIndex = 0, $('main p').addEventListener('focus', (event) => event.target.blur())", "walk", "tabulator"),
    "trap": ("$('main a').addEventListener('keydown', (event) => event.preventDefault())", "walk", "never comes to"),
    "too-wide": ("$('main p').style.cssText = 'width: 400px; max-width: none'", "overflow", "too wide"),
    "long-word": (f"restyle('body {{ overflow-wrap: normal }}'), $('h1').textContent = '{LONG_WORD}'", "overflow", "too wide"),
    "cut-text": ("$('h1').style.cssText = 'width: 4em; overflow: hidden; white-space: nowrap'", "overflow", "cut off"),
    "dots": ("$('h1').style.cssText = 'text-overflow: ellipsis'", "overflow", "dots"),
}  # fmt: skip
HANDS = """() => {
globalThis.$ = (selector) => document.querySelector(selector);
globalThis.put = (html) => document.querySelector("main .wide").insertAdjacentHTML("beforeend", html);
globalThis.restyle = (rules) => {
  const sheet = document.styleSheets[0];
  for (const rule of rules.match(/[^}]+}/g)) sheet.insertRule(rule, sheet.cssRules.length);
};
}"""


def found_by(eyes: Eyes, who: str) -> list[str]:
    looks = {
        "axe": eyes.axe,
        "walk": eyes.walk,
        "own": lambda: eyes.ask("own"),
        "overflow": lambda: eyes.ask("overflow"),
    }
    return looks[who]()


@pytest.mark.parametrize("fault", SEEDED)
def test_a_seeded_fault_is_found(fault: str, eyes: Eyes, still: Still) -> None:
    seed, who, said = SEEDED[fault]
    eyes.widen(320 if who == "overflow" else 1280)
    eyes.go(SERVICE, "fi", still)
    eyes.page.evaluate(HANDS)
    eyes.page.evaluate(f"() => {{ {seed}; }}")
    found = found_by(eyes, who)
    assert any(said in each for each in found), found


@pytest.mark.parametrize("who", ["axe", "own", "walk", "overflow"])
def test_the_page_has_no_fault_before_one_is_seeded(who: str, eyes: Eyes, still: Still) -> None:
    eyes.widen(WIDTHS[0])
    eyes.go(SERVICE, "fi", still)
    assert found_by(eyes, who) == []
