"""Terms as tokens that SQLite's and PostgreSQL's indexes both take as they are."""

import re

# Both databases would cut a term at a dot or a hyphen in ways of their own; neither cuts at an underscore.
_OTHER = re.compile(r"[\W_]+")
LONGEST = 60


def token(term: str) -> str:
    """Return the term as one token of letters, digits and underscores ("suomi.fi" is "suomi_fi")."""
    return _OTHER.sub("_", term.lower()).strip("_")[:LONGEST]


def tokens(terms: "list[str] | tuple[str, ...] | set[str]") -> list[str]:
    """Return the tokens of the terms, each once, in order."""
    return sorted({found for term in terms if (found := token(term))})


def scope(kind: str, value: str) -> str:
    """Return the token that says a document is of a kind or reaches an area; no word of a language begins so."""
    return f"zzs{kind}{token(value)}"


def is_scope(found: str) -> bool:
    """Return whether this is no word but says of what kind a document is, or where it reaches."""
    return found.startswith("zzs")


def inside(found: str) -> str:
    """Return the token that says a document has this token as a part of a longer word (pankki in verkkopankki)."""
    return f"zzp{found}"


def titled(found: str) -> str:
    """Return the token that says a document has this token in its title; the index alone holds it."""
    return f"zzt{found}"
