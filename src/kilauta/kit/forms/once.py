"""One form, one effect: a double click, a page gone back to and sent again, two tabs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kilauta.kit.refusals import Refused

from .form import KEY, OnceForm
from .models import SentForm

KEPT = timedelta(hours=48)


def once(form: OnceForm, act: Callable[[], str], *, now: datetime) -> HttpResponseRedirect | None:
    """Do what a valid form asks for and lead to its result; a form sent before leads to the result of then.

    `act` does it and returns the address of the result; it runs in the transaction that remembers the key, so that
    of two sendings at the same time one waits and finds the other. What it refuses (`Refused`) is told on the form,
    and nothing is remembered. None: the form is to be shown again. A key is known for 48 hours.
    """
    try:
        with transaction.atomic():
            sent, is_new = SentForm.objects.get_or_create(
                key=_hash("key", form.key), defaults={"content": _content(form), "ends_at": now + KEPT}
            )
            if is_new:
                sent.address = act()
                sent.save(update_fields=["address"])
    except Refused as refused:
        form.refuse(refused)
        return None
    if sent.content != _content(form):
        form.renew_key()
        form.add_error(
            None,
            _(
                "You have sent this form already, with other words. To send these too, press the button again."
            ),
        )
        return None
    if is_new:
        forget(now=now)
    return HttpResponseRedirect(sent.address)


def forget(*, now: datetime) -> int:
    """Forget the keys whose time is over; return how many there were."""
    return SentForm.objects.filter(ends_at__lte=now).delete()[0]


def _content(form: OnceForm) -> str:
    given = form.sent.lists() if form.sent else ()
    return _hash("content", repr(sorted((name, values) for name, values in given if name not in _NOT_SAID)))


def _hash(what: str, text: str) -> str:
    return salted_hmac(f"kilauta.forms.{what}", text, algorithm="sha256").hexdigest()


_NOT_SAID = {KEY, "csrfmiddlewaretoken"}
