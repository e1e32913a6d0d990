"""How a form is written: every part of it, or the whole. They are built in: no template has to load them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext

from kilauta.kit.forms.fields import TONGUES, WordsField
from kilauta.kit.forms.form import KEY, Form, OnceForm
from kilauta.lib.words import LANGUAGES

register = template.Library()

OPTIONS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
# What the template tells apart; everything else is one control. Many ticks are a kind of radio to Django.
KINDS = {
    forms.CheckboxSelectMultiple: "ticks",
    forms.RadioSelect: "radio",
    forms.CheckboxInput: "tick",
    forms.MultiWidget: "words",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One language of a text in three."""

    language: str
    name: str
    id: str
    value: str
    is_wrong: bool

    @property
    def tongue(self) -> str:
        return TONGUES[self.language]

    @property
    def is_missing(self) -> bool:
        return not self.value.strip()


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence of the summary, and the id of what it is about ("" when it is about the whole form)."""

    message: str
    id: str = ""


@register.inclusion_tag("forms/page.html", takes_context=True)
def form_page(context: template.Context, form: Form, *, button: str = "") -> dict[str, object]:
    """The whole form: what is wrong, the fields in their order, and the button (by itself "Send")."""
    return {**_frame(context, form), "button": button or gettext("Send")}


@register.simple_block_tag(takes_context=True)
def form_with(context: template.Context, content: str, form: Form) -> str:
    """A form whose inside the template writes itself, fields and button, up to `endform_with`."""
    return render_to_string("forms/with.html", {**_frame(context, form), "content": content})


@register.inclusion_tag("forms/summary.html")
def error_summary(form: Form, *, focus: bool = True) -> dict[str, object]:
    """What is wrong, spoken at once, with a way to each field. The two tags above bring it; focus: it is gone to."""
    return {"faults": _faults(form), "focus": focus}


@register.inclusion_tag("forms/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A field with its name, why it is asked, what is wrong with it, and room to write or choose."""
    widget = bound.field.widget
    described = _described(bound)
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    return {
        "bound": bound,
        "kind": next((name for kind, name in KINDS.items() if isinstance(widget, kind)), "one"),
        "described": described,
        "length": _length(bound.field),
        "optional": not bound.field.required,
        "control": "" if isinstance(widget, (*OPTIONS, forms.MultiWidget)) else bound.as_widget(attrs=attrs),
        "parts": list(_parts(bound)) if isinstance(bound.field, WordsField) else [],
        "rows": getattr(bound.field, "rows", 0),
    }


def _described(bound: BoundField) -> str:
    """Return the ids of what is said around a field: the hint, then what is wrong."""
    hint = f"{bound.auto_id}_hint" if bound.help_text or _length(bound.field) else ""
    error = f"{bound.auto_id}_error" if bound.errors else ""
    return f"{hint} {error}".strip()


def _length(kind: forms.Field) -> int:
    """Return how long a text of several lines may be; 0 for what nobody would write too long by accident."""
    if isinstance(kind, WordsField):
        return kind.max_length if kind.rows else 0
    return int(getattr(kind, "max_length", 0) or 0) if isinstance(kind.widget, forms.Textarea) else 0


def _parts(bound: BoundField) -> Iterator[Part]:
    value = bound.value()
    texts = value if isinstance(value, list | tuple) else [""] * len(LANGUAGES)
    wrong = _wrong_languages(bound)
    for language, text in zip(LANGUAGES, texts, strict=True):
        name, key = f"{bound.html_name}_{language}", f"{bound.auto_id}_{language}"
        yield Part(language, name, key, text or "", language in wrong)


def _wrong_languages(bound: BoundField) -> list[str]:
    """Return the languages a text in three is wrong in; Finnish when it is missing altogether."""
    codes = [error.code or "" for error in bound.errors.as_data()]
    return [language for language in LANGUAGES if f"part-{language}" in codes] or ["fi"] * bool(codes)


def _faults(form: Form) -> list[Fault]:
    if not form.is_bound:
        return []
    whole = [Fault(str(message)) for message in form.non_field_errors()]
    of_fields = ((str(message), each) for each in form.visible_fields() for message in each.errors)
    return [*whole, *(Fault(message, _first_id(each)) for message, each in of_fields)]


def _first_id(bound: BoundField) -> str:
    """Return the id of the first thing of a field that is to be filled in."""
    if isinstance(bound.field, WordsField):
        return f"{bound.auto_id}_{_wrong_languages(bound)[0]}"
    return f"{bound.auto_id}_0" if isinstance(bound.field.widget, OPTIONS) else str(bound.auto_id)


def _frame(context: template.Context, form: Form) -> dict[str, object]:
    """Return what stands around the fields: no token, which is a cookie, where the visitor's door needs none."""
    request = context["request"]
    return {
        "faults": _faults(form),
        "focus": True,
        "form": form,
        "key": form.key if isinstance(form, OnceForm) else "",
        "key_name": KEY,
        "token": "" if getattr(request, "needs_no_token", False) else get_token(request),
        "fields": form.visible_fields(),
    }
