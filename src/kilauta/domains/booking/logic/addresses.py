"""Where the public pages of a booking are, for messages that no request asks for."""

BOOKING, REMOTE = "varaus/", "etatuki/"


def start(address: str, host: str | None) -> str:
    """Return how the addresses of a network's pages begin; `address` is that of the service (its twin: directory)."""
    if not host:
        return address
    port = address.rpartition(":")[2] if address.count(":") > 1 else ""
    return f"{address.partition('://')[0]}://{host}{f':{port}' if port else ''}"


def page(begins: str, lang: str, path: str, token: str = "") -> str:
    """Return the whole address of a page for a reader of the language."""
    tongue = "" if lang == "fi" else f"{lang}/"
    return f"{begins}/{tongue}{path}{f'{token}/' if token else ''}"
