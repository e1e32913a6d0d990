"""From a template to the words of one message."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from kilauta.lib.words import LANGUAGES

from .choices import Channel
from .models import Message

SUBJECT = Message._meta.get_field("subject").max_length  # noqa: SLF001 -- Django's documented API


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def render(kind: str, channel: str, lang: str, context: Mapping[str, object]) -> Text:
    """Return what the template `<label>/<channel>/<name>.txt` of kind `label/name` says in this language.

    The first line of a mail is its subject, the second one is empty; a line break that came with a value into the
    subject is refused (ValueError). Values stand as they are: this is no HTML.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"There are no messages in the language {lang!r}.")
    label, _slash, name = kind.partition("/")
    template = get_template(f"{label}/{channel}/{name}.txt")
    with translation.override(lang):
        # the engine's own template: only it can be told that a text message needs no escaping
        words = template.template.render(Context(dict(context), autoescape=False)).strip()  # type: ignore[attr-defined]
    if channel == Channel.SMS:
        return Text("", words)
    lines = words.splitlines()
    if len(lines) < 3 or lines[1].strip():  # noqa: PLR2004 -- subject, empty line, text
        raise ValueError(f"The mail {kind} must have a subject in one line, an empty line, and a text.")
    return Text(lines[0].strip()[:SUBJECT], "\n".join(lines[2:]).strip() + "\n")
