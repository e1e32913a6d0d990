"""Words as written: keys for search and order, addresses, and cutting a line into words.

Both databases compare bytes, so what people search and sort by is worked out here and stored beside the text:

- *fold*: the same for every way of typing one word (case, Unicode form, spaces); å, ä and ö stay letters.
- *sort key*: bytewise order of the keys is Finnish and Swedish alphabetical order.
- *slug*: the readable tail of a public address.
- *token*: one word of a line, in the form it was written.
"""

import re
import unicodedata

SORT_KEY_LONGEST = 200
SLUG_LONGEST = 60

_NORDIC = frozenset("åäö")
_LAST_LATIN = "\u024f"
_BARE = str.maketrans("åäö", "aao")
_LETTERS = str.maketrans(
    {
        "ø": "ö",
        "æ": "ä",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ł": "l",
        "ŋ": "n",
        "ŧ": "t",
        "ž": "z",
        "ʒ": "z",
        "þ": "th",
        "ı": "i",
    },
)
_ALPHABET = re.compile(r"[0-9a-zåäö ]+")
_DIGITS = re.compile(r"(\d+)")
_AFTER_Z = str.maketrans({" ": "!", "å": "{", "ä": "|", "ö": "}"})
_SORTED_AS = str.maketrans({"ü": "y", "ű": "y", "õ": "ö", "ő": "ö"})

_MARK = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e"
_RUN = rf"[^\W_](?:[^\W_]|[{_MARK}])*"
_TOKEN = re.compile(rf"{_RUN}(?:(?:[-‐‑'’.]|(?<=\d),(?=\d)|:(?=[^\W\d_])){_RUN})*")
_DOMAIN = re.compile(r"(?:fi|com|net|org|eu|se|info)[a-zåäö]{0,4}(?![^\W_])", re.IGNORECASE)  # fi, fissä
_INVISIBLE = str.maketrans({"\u00ad": "", "\u200b": ""})


def fold(text: str) -> str:
    """Return the key that every way of typing this text shares; å, ä, ö and all accents stay."""
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().split())
    visible = "".join(_visible(character) for character in text)
    caseless = unicodedata.normalize("NFD", unicodedata.normalize("NFD", visible).casefold())
    return " ".join(unicodedata.normalize("NFC", caseless).split())


def fold_plain(text: str) -> str:
    """Fold, and take the marks off every Latin letter but å, ä and ö (é → e, š → s, ø → ö)."""
    folded = fold(text)
    if folded.isascii() or _ALPHABET.fullmatch(folded):
        return folded
    plain = "".join(_without_marks(character) for character in folded.translate(_LETTERS))
    return " ".join(unicodedata.normalize("NFC", plain).split())


def fold_bare(text: str) -> str:
    """Fold for those who type without Finnish keys: ä → a, ö → o, å → a, and no marks at all."""
    return fold_plain(text).translate(_BARE)


def sort_key(text: str, lang: str) -> str:
    """Return a key of at most 200 characters whose byte order is the alphabetical order of `lang`.

    Spaces and punctuation, digits by their value, a…z, å, ä, ö; case does not matter. Marks decide only
    between words that are otherwise alike. In Finnish w goes as v; elsewhere it is a letter of its own.
    """
    folded = fold(text)
    letters = fold_plain(folded.translate(_SORTED_AS))
    if lang == "fi":
        letters = letters.replace("w", "v")
    words = " ".join(_words_of(letters))
    primary = "".join(_number(part) if part.isdigit() else part for part in _DIGITS.split(words))
    key = primary.translate(_AFTER_Z)
    if words != folded:
        key = f"{key[: SORT_KEY_LONGEST // 2]} {folded}"
    return key[:SORT_KEY_LONGEST].rstrip(" ")


def slugify(text: str, longest: int = SLUG_LONGEST) -> str:
    """Return lower-case ASCII words joined by hyphens, cut between words; empty when nothing is Latin."""
    words = re.findall(r"[a-z0-9]+", fold_bare(text.replace("'", "").replace("’", "")))
    slug = "-".join(words)
    if len(slug) <= longest:
        return slug
    head, hyphen, _rest = slug[: longest + 1].rpartition("-")
    return head if hyphen else slug[:longest]


def tokens(text: str) -> list[str]:
    """Cut a line into words as written: e-palvelu, Suomi.fi:hin, S-Pankki and 9.30 stay whole.

    Linear in the length; who takes text from a visitor cuts it first (100 characters are plenty for a query).
    """
    found: list[str] = []
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text.translate(_INVISIBLE))):
        first, *labels = token.split(".")
        if not labels or token.replace(".", "").isdigit() or any(map(_DOMAIN.match, labels)):
            found.append(token)
        else:  # a full stop without a space after it
            found += [first, *labels]
    return found


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Cs"}:
        return ""
    return " " if category == "Cc" else character


def _without_marks(character: str) -> str:
    if character in _NORDIC:
        return character
    decomposed = unicodedata.normalize("NFD", character)
    if decomposed[0] > _LAST_LATIN and len(decomposed) > 1:
        return character  # й is a letter of its own
    pair = unicodedata.normalize("NFC", decomposed[:2])
    if pair in _NORDIC:
        return pair
    return "".join(part for part in decomposed if not "\u0300" <= part <= "\u036f")


def _words_of(letters: str) -> list[str]:
    return re.findall(r"[^\W_]+", letters)


def _number(digits: str) -> str:
    """Write a number so that more digits sort later: 2 → 12, 10 → 210, twelve digits → 912 and they."""
    value = digits.lstrip("0") or "0"
    few = 9
    length = len(value)
    return f"{length}{value}" if length < few else f"9{min(length, 99):02d}{value}"
