"""The words of the product in Finnish and Swedish, without GNU gettext.

`python -m tools.catalogues check` fails when a text has no translation, a doubtful one or other placeholders;
`update` brings new texts of the source into the catalogues; `compile` makes them readable to Django.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from tools.mo import compile_all

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "kilauta"
LANGUAGES = ("fi", "sv")
TEMPLATES = {".html", ".txt", ".svg", ".xml"}
# name of the function -> which of its arguments are (context, text, plural)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
HOLES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context and text: what gettext looks a translation up by


@dataclass
class Marked:
    """A text marked for translation, and a file it stands in."""

    plural: str | None
    path: Path


def catalogue_path(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def messages(source: Path = SOURCE) -> dict[Key, Marked]:
    """Return every text marked for translation."""
    found: dict[Key, Marked] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix == ".py":
            text = path.read_text()
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            # templatize blanks out all but the texts; in brackets Python does not mind the odd indents
            text = f"(\n{templatize(path.read_text(), origin=str(path))}\n)"
        else:
            continue
        for key, plural in _calls(text):
            one = found.setdefault(key, Marked(plural, path))
            one.plural = one.plural or plural
    return found


def _calls(text: str) -> Iterator[tuple[Key, str | None]]:
    for _line, call, arguments, _comments in extract_python(
        BytesIO(text.encode()), dict.fromkeys(CALLS), [], {}
    ):
        # Babel's own hint is narrower than what it gives: one text, or a tuple with None for what is no text
        given = cast("str | tuple[str | None, ...]", arguments)
        parts = given if isinstance(given, tuple) else (given,)
        context, single, plural = (
            None if place is None or place >= len(parts) else str(parts[place] or "")
            for place in CALLS[str(call)]
        )
        if single:
            yield (context, single), plural


def problems() -> list[str]:
    """Say what stands between the catalogues and complete, trustworthy translations."""
    marked = messages()
    found = []
    for (_context, text), one in marked.items():
        if text != text.strip():
            found.append(f"{one.path.relative_to(ROOT)}: use `blocktranslate trimmed`: {text!r}")
    for language in LANGUAGES:
        known = {_key(entry): entry for entry in _read(language)}
        for key, one in marked.items():
            wrong = _fault(one, known.get(key))
            if wrong:
                found.append(f"{language}: {wrong}: {key[1]!r} ({one.path.relative_to(ROOT)})")
        found += [f"{language}: no longer in the source: {key[1]!r}" for key in known.keys() - marked.keys()]
    return sorted(found)


def _fault(one: Marked, entry: polib.POEntry | None) -> str | None:
    if entry is None or (entry.msgid_plural or None) != one.plural:
        return "missing, run `python3 run.py fix`"
    if entry.fuzzy:
        return "doubtful (fuzzy)"
    if not entry.translated():
        return "not translated"
    if not entry.msgid_plural:
        return None if _holes(entry.msgid) == _holes(entry.msgstr) else "other placeholders"
    allowed = _holes(entry.msgid) | _holes(entry.msgid_plural)
    forms = [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)]
    # "one hour" may leave the number out, "%(n)s hours" may not
    complete = _holes(forms[-1]) == _holes(entry.msgid_plural) and all(
        _holes(each) <= allowed for each in forms
    )
    return None if complete else "other placeholders"


def _holes(text: str) -> set[str]:
    return set(HOLES.findall(text.replace("%%", "")))


def update() -> None:
    """Bring the catalogues level with the source; the same source always gives the same bytes."""
    marked = messages()
    for language in LANGUAGES:
        old = {_key(entry): entry for entry in _read(language)}
        new = polib.POFile(wrapwidth=100)
        new.metadata = {
            "Project-Id-Version": "Kilauta",
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for key in sorted(marked, key=lambda key: (key[1], key[0] or "")):
            new.append(_entry(key, marked[key].plural, old.get(key)))
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))


def _entry(key: Key, plural: str | None, old: polib.POEntry | None) -> polib.POEntry:
    context, text = key
    entry = polib.POEntry(msgid=text, msgctxt=context, msgid_plural=plural or "")
    if plural:
        entry.msgstr_plural = {0: "", 1: ""} | (old.msgstr_plural if old else {})
    if old:
        entry.msgstr, entry.tcomment = ("" if plural else old.msgstr), old.tcomment
        entry.flags = [flag for flag in old.flags if flag == "fuzzy"]
    if "%(" in text or "%(" in (plural or ""):
        entry.flags.append("python-format")
    return entry


def _read(language: str) -> list[polib.POEntry]:
    path = catalogue_path(language)
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def main(verb: str) -> int:
    if verb == "update":
        update()
    if verb in {"update", "compile"}:
        compile_all()
        return 0
    wrong = problems()
    print("\n".join(wrong) or "The catalogues are complete.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
