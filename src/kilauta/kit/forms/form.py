"""The form itself: its looks, and the key by which one that is sent twice is done once."""

import re
import secrets
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from kilauta.kit.refusals import Refused

KEY = "form-key"  # the hidden field; no field of Django's may be called so
KEYS = re.compile(r"[\w-]{20,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form is not taken, although nothing may be wrong in it: a sentence, a status, seconds to wait."""

    message: str
    status: int
    retry_after: int = 0


class Form(forms.Form):
    """A form in the look of the house. What is not necessary says so; a browser's own checks stay out."""

    use_required_attribute = False

    def refuse(self, refused: Refused) -> None:
        """Say at its field, or above the form, what an operation has refused."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


class OnceForm(Form):
    """A form that has one effect however often it is sent (`once.once`). Made from the request; else as in Django.

    It carries a random key that means nothing until the form is sent. What the visitor's door has refused is not
    valid: the form says why, with all that was typed.
    """

    def __init__(
        self, request: HttpRequest, *, initial: dict[str, object] | None = None, prefix: str | None = None
    ) -> None:
        self.refusal: Refusal | None = getattr(request, "refusal", None)
        self.sent = request.POST if request.method == "POST" else None
        super().__init__(self.sent, initial=initial, prefix=prefix)
        key = self.sent.get(KEY, "") if self.sent else ""
        self.key = key if KEYS.fullmatch(key) else secrets.token_urlsafe(24)

    def renew_key(self) -> None:
        """Let the next sending of this form be another one."""
        self.key = secrets.token_urlsafe(24)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.refusal:
            self.add_error(None, self.refusal.message)
