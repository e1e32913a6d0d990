"""Three ways to see one field: what the source said last time, what stands here, what the source says now."""

from enum import Enum


class Verdict(Enum):
    SAME = "same"
    HERE = "here"  # changed here only: it stays
    THEIRS = "theirs"  # changed in the source only: it is taken
    CONFLICT = "conflict"  # changed in both: it stays, and a person decides


def verdict(before: str | None, here: str, theirs: str) -> Verdict:
    """Judge one field. `before` is None when the source has not been heard before: then it is believed."""
    if theirs == here:
        return Verdict.SAME
    if theirs == before:
        return Verdict.HERE
    if before is None or here == before:
        return Verdict.THEIRS
    return Verdict.CONFLICT
