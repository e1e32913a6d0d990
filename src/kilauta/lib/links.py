"""Web addresses in plain text: bare ones, and ones with words of their own, as in [the words](https://example.fi/)."""

import re
from typing import Final

# Nothing but http and https is a link: what an editor writes can then neither run nor ring.
LINK: Final = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,120})\]\((?P<named>https?://[^\s<>()]+)\)"
    r"|(?P<bare>https?://[^\s<>()]+[^\s<>().,;:!?])"
)


def addresses(text: str) -> list[str]:
    """Return every web address in the text once, in the order in which they stand there."""
    return list(dict.fromkeys(found["named"] or found["bare"] for found in LINK.finditer(text)))
