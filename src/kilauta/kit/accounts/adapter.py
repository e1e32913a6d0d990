"""How the house uses django-allauth: no open sign-up, mails through the outbox, only known people by another login."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from kilauta.kit.outbox.operations import send
from kilauta.kit.translations import reader_language
from kilauta.lib import clock

from .models import Person

# The mails that carry a code; every other one tells that something about the account has changed.
CODES = {
    "login_code": "accounts/login_code",
    "password_reset_code": "accounts/password_code",
    "email_confirmation": "accounts/address_code",
    "email_confirmation_signup": "accounts/address_code",
    "unknown_account": "accounts/unknown",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Nobody makes an account of their own: an invitation does."""
        return False

    def send_mail(self, template_prefix: str, email: str, context_of_mail: dict[str, Any]) -> None:
        """Write the mail to the outbox, in the language of the person, or of the page for a stranger."""
        name = template_prefix.rpartition("/")[2]
        person = context_of_mail.get("user")
        request: HttpRequest = context.request
        send(
            CODES.get(name, "accounts/changed"),
            to=email,
            lang=person.lang if isinstance(person, Person) else reader_language(),
            now=clock.now(),
            context={"code": context_of_mail.get("code", ""), "host": request.get_host()},
            urgent=name in CODES,
            secret=name in CODES,
        )

    def populate_username(self, request: HttpRequest, user: Person) -> None:
        """People have no user names."""

    def get_user_search_fields(self) -> list[str]:
        return ["email", "name"]


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 -- allauth's signature
        return False
