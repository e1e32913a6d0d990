"""Typed readers of environment variables. A secret may also come from a file named by `<NAME>_FILE`."""

import os
from datetime import date
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str) -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"1", "0", "yes", "no", "true", "false"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in {"1", "yes", "true"}


def words(name: str, default: list[str]) -> list[str]:
    value = text(name, "")
    return [word for word in value.replace(",", " ").split() if word] or default


def folder(name: str, default: str) -> Path:
    return Path(text(name, default)).resolve()


def day(name: str, default: str) -> date:
    value = text(name, default)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a day such as 2026-11-22, not {value!r}.") from None


def proxies(name: str, default: str) -> int | list[IPv4Network | IPv6Network]:
    """Return how many proxies of ours a request passes, or the addresses they have."""
    value = text(name, default)
    if value.isascii() and value.isdigit():
        return int(value)
    try:
        return [ip_network(word) for word in value.replace(",", " ").split()]
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be a number or addresses such as 10.0.0.0/8, not {value!r}."
        ) from None


def secret(name: str, default: str) -> str:
    path = text(f"{name}_FILE", "")
    if not path:
        return text(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read.") from None


def origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured("KILAUTA_TILES_URL must be a full address, https://…/{z}/{x}/{y}.png.")
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def meeting(name: str, default: str) -> str:
    """Return the address of meetings, with {room} where the name of the room goes; "" where there is none."""
    url = text(name, default)
    parts = urlsplit(url)
    if url and not (
        parts.scheme == "https" and parts.netloc and "{room}" in url.removeprefix(f"https://{parts.netloc}")
    ):
        raise ImproperlyConfigured(f"{name} must be a full address, https://…/{{room}}.")
    return url


def openid(server: str, *, name: str, client: str, password: str) -> dict[str, Any]:
    """Return the settings of one other login by OpenID Connect, a municipality's own; none without its address."""
    if not server:
        return {}
    if not server.startswith("https://") or not client:
        raise ImproperlyConfigured(
            "KILAUTA_OPENID_URL must begin with https://, and KILAUTA_OPENID_CLIENT be set."
        )
    app = {
        "provider_id": "oidc",
        "name": name,
        "client_id": client,
        "secret": password,
        "settings": {"server_url": server},
    }
    # an account of that login is let in as the person of the same, confirmed address
    known = {"EMAIL_AUTHENTICATION": True, "EMAIL_AUTHENTICATION_AUTO_CONNECT": True}
    return {"openid_connect": {"APPS": [app], **known}}


def mail(url: str, *, sender: str) -> dict[str, Any] | None:
    """Return the arguments of Django's SMTP backend, or None where no mail server is named."""
    if not url:
        return None
    parts = urlsplit(url)
    ports = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured(
            "KILAUTA_MAIL_URL must begin with smtp://, smtps:// or smtp+plain:// and a host."
        )
    if "@" not in parseaddr(sender)[1]:
        raise ImproperlyConfigured(
            "KILAUTA_MAIL_FROM must name the sender of mails when KILAUTA_MAIL_URL is set."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp",
        "use_ssl": parts.scheme == "smtps",
    }


def database(name: str, sqlite_file: Path, *, init_command: str) -> dict[str, Any]:
    """Return Django's settings of the database: PostgreSQL by address, else SQLite in a file."""
    url = text(name, "")
    if not url:
        return {
            "ENGINE": "kilauta.kit.store.backend",
            "NAME": sqlite_file,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": init_command},
            "CONN_MAX_AGE": 600,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://.")
    options = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.get("host", [""])[0],
        "PORT": str(parts.port or options.get("port", [""])[0]),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
