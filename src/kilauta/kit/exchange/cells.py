"""A cell as it stands in a file: clean text inward, outward nothing that a spreadsheet would calculate."""

import re
import unicodedata

from django.utils.translation import gettext as _

from .problems import Bad

# A spreadsheet takes a cell that begins so for a formula; the last four are the full-width forms.
DANGEROUS = "=+-@\t\r\0\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(f"[{re.escape(DANGEROUS)}]")
# An apostrophe before a formula says "this is text". Each writing adds one, each reading takes one away.
_QUOTED = re.compile(f"'+[{re.escape(DANGEROUS)}]")
# Control characters, half characters, and those that turn the direction of what follows them.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_MANY_BREAKS = re.compile(r"\n{3,}")


def tidy(raw: str) -> str:
    """Return a cell's text in one Unicode form, with one kind of line break and no white space around it."""
    return unicodedata.normalize("NFC", raw).replace("\r\n", "\n").replace("\r", "\n").strip()


def unquoted(raw: str, *but: re.Pattern[str] | None) -> str:
    """Return the tidy text of a raw cell; refuse a formula, `but` not what can be none in its column."""
    text = tidy(raw)
    if _UNSHOWN.search(text):
        raise Bad("wrong-type", _("The cell holds a character that cannot be shown."))
    if _QUOTED.match(text):
        return text[1:]
    innocent = any(pattern and pattern.match(text) for pattern in but)
    if raw.startswith(("\t", "\r", "\0")) or (_FORMULA.match(text) and not innocent):
        raise Bad(
            "formula",
            _("A cell may not begin with =, +, - or @: a spreadsheet would take it for a formula."),
        )
    return text


def quoted(text: str, harmless: re.Pattern[str] | None) -> str:
    """Return the text so that no spreadsheet calculates it, and `unquoted` reads the same again."""
    if harmless and harmless.match(text):
        return text
    return f"'{text}" if _FORMULA.match(text) or _QUOTED.match(text) else text


def one_line(text: str) -> str:
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Return the text without white space at line ends and with one blank line at most between paragraphs."""
    return _MANY_BREAKS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
