"""Parts every page is built from. All of them are shown at /komponentit/."""

import json
import re
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kilauta.kit import ports
from kilauta.kit.translations import reader_language
from kilauta.lib.finnish import hyphenate
from kilauta.lib.links import LINK
from kilauta.lib.words import Text, Words

register = template.Library()

NBSP = "\u00a0"
BULLET = re.compile(r"^[-*] +")


def chosen(words: Words | Text | str) -> Text:
    if isinstance(words, Words):
        return words.pick(reader_language())
    return words if isinstance(words, Text) else Text(str(words), reader_language())


@register.filter
def say(words: Words | Text | str) -> SafeString:
    """Write a text in the reader's language; one in another language is marked as such."""
    reader = reader_language()
    text = words.pick(reader) if isinstance(words, Words) else chosen(words)
    return _written(text.value, text.lang, reader)


# The same names stand on every page: each is hyphenated and escaped once.
@lru_cache(maxsize=20_000)
def _written(value: str, lang: str, reader: str) -> SafeString:
    shown = hyphenate(value) if lang == "fi" else value
    if lang in {reader, ""}:
        return escape(shown)
    return format_html('<span class="foreign" lang="{}">{}</span>', lang, shown)


@register.filter
def plain(words: Words | Text | str) -> str:
    """Return the text alone, for attributes and titles."""
    return chosen(words).value


@register.filter
def prose(words: Words) -> SafeString:
    """Write paragraphs (parted by an empty line) and lists (lines beginning with "- ").

    Addresses become links, also with words of their own: [words](https://…). Nothing else means anything.
    """
    text = chosen(words)
    lang = format_html(' class="foreign" lang="{}"', text.lang) if text.lang != reader_language() else ""
    blocks = []
    for block in re.split(r"\n\s*\n", text.value.strip()):
        lines = block.strip().split("\n")
        if all(BULLET.match(line) for line in lines):
            items = format_html_join("", "<li>{}</li>", ((_linked(BULLET.sub("", line)),) for line in lines))
            blocks.append(format_html("<ul{}>{}</ul>", lang, items))
        elif block.strip():
            blocks.append(format_html("<p{}>{}</p>", lang, _linked(" ".join(lines))))
    return mark_safe("".join(blocks))  # noqa: S308 -- every block was made by format_html


def _linked(text: str) -> SafeString:
    parts, at = [], 0
    for found in LINK.finditer(text):
        parts += [
            escape(text[at : found.start()]),
            format_html(
                '<a href="{}" rel="noreferrer">{}</a>',
                found["named"] or found["bare"],
                found["words"] or found["bare"],
            ),
        ]
        at = found.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 -- all parts are escaped


def dialled(number: str) -> str:
    """Return the number as a telephone dials it: +358505550132; short numbers as they are."""
    digits = re.sub(r"[^\d+]", "", number)
    return f"+358{digits[1:]}" if digits.startswith("0") and not digits.startswith("00") else digits


@register.filter
def unbroken(number: str) -> str:
    """Return the number with spaces that do not break at the end of a line."""
    return number.replace(" ", NBSP)


@register.simple_tag
def phone(number: str, *, size: str = "", who: Words | Text | str = "") -> SafeString:
    """A number as a button that rings. size: "" | "big"; who: whose number, for those who hear the page.

    Made here and not in a template of its own: a list has one on every row.
    """
    return format_html(
        '<a class="{}" href="tel:{}"><span class="unseen">{} </span><span class="number">{}</span></a>',
        "phone phone-big" if size == "big" else "phone",
        dialled(number),
        _called(who),
        unbroken(number),
    )


def _called(who: Words | Text | str) -> SafeString:
    """Return "Call so-and-so"; a name in another language than the page is marked as such."""
    name = chosen(who)
    if not name:
        return escape(gettext("Call"))
    before, _name, after = gettext("Call %(who)s").partition("%(who)s")
    if name.lang in {reader_language(), ""}:
        return format_html("{}{}{}", before, name.value, after)
    return format_html('{}<span lang="{}">{}</span>{}', before, name.lang, name.value, after)


@register.inclusion_tag("components/choice.html")
def choice(href: str, name: object, *, hint: object = "", current: bool = False) -> dict[str, object]:
    """A big choice: a row that is a link, with a short hint below the name."""
    return {"href": href, "name": name, "hint": hint, "current": current}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*trail: Words | str) -> dict[str, object]:
    """The way back: pairs of address and name, then the name of this page."""
    pairs = list(zip(trail[:-1:2], trail[1:-1:2], strict=True))
    return {"trail": pairs, "here": trail[-1]}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: dict[str, Any], *, page: int, pages: int) -> dict[str, object]:
    """Next and previous, and where one is. Keeps the rest of the address."""
    request: HttpRequest = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query["sivu"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "pages": pages,
        "previous": address(page - 1) if page > 1 else "",
        "next": address(page + 1) if page < pages else "",
    }


@register.inclusion_tag("components/notice.html")
def notice(text: object, *, tone: str = "quiet") -> dict[str, object]:
    """A short message. tone: quiet | warn | good."""
    return {"text": text, "tone": tone}


@register.filter
def json_ld(data: object) -> SafeString:
    """Write data for search engines; nothing in it can end the block it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(safe)  # noqa: S308 -- the three signs that could end the block are escaped above


@register.simple_tag
def address_of(kind: str, *parts: str) -> str:
    """Return the address of a page by the kind of thing it shows, as the domains say in `ports/navigation.py`."""
    names: dict[str, str] = {}
    for _label, module in ports.of("navigation"):
        names.update(module.ADDRESSES)
    return reverse(names[kind], args=parts)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], name: str, value: str) -> str:
    """Return this address with one parameter set, or taken away when empty, from the first page."""
    query = context["request"].GET.copy()
    query.pop("sivu", None)
    query.pop(name, None)
    if value:
        query[name] = value
    return f"?{query.urlencode()}" if query else "?"
