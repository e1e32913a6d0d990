"""What a regional calendar that speaks LinkedEvents asks of an event, before it is sent there."""

from collections.abc import Mapping
from datetime import datetime

SHORT_LONGEST = 160
# Whoever only drafts may leave these for later.
FOR_PUBLIC = ("location", "keywords")
ALWAYS = ("name", "start_time", "publisher", "type_id", "publication_status")
FOR_PUBLIC_TOO = ("short_description", "description", "offers")


class UnfitError(ValueError):
    """It would be refused there; `lacks` names the fields that are missing or wrong."""

    def __init__(self, lacks: list[str]) -> None:
        super().__init__(", ".join(lacks))
        self.lacks = tuple(lacks)


def checked(payload: Mapping[str, object]) -> Mapping[str, object]:
    """Return the payload as it is; raise UnfitError where the other end would refuse it, or take it wrong."""
    is_public = payload.get("publication_status") == "public"
    asked = (*ALWAYS, *FOR_PUBLIC, *FOR_PUBLIC_TOO) if is_public else ALWAYS
    lacks = [name for name in asked if not payload.get(name)]
    lacks += [name for name in ("start_time", "end_time") if not _is_told_with_offset(payload.get(name))]
    if "start_time" not in lacks and "end_time" not in lacks and not _in_order(payload):
        lacks.append("end_time")
    names, described = _languages(payload, "name"), _languages(payload, "description")
    lacks += [f"description.{lang}" for lang in names if described and lang not in described]
    if lacks:
        raise UnfitError(list(dict.fromkeys(lacks)))
    for each in _parts(payload):
        checked({"publisher": payload["publisher"], **each})
    return payload


def _is_told_with_offset(value: object) -> bool:
    """Return whether an offset stands there: without one ten o'clock in Finland is taken as ten in Greenwich."""
    return value is None or (isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None)


def _in_order(payload: Mapping[str, object]) -> bool:
    starts, ends = payload.get("start_time"), payload.get("end_time")
    if starts is None or ends is None:
        return True
    return datetime.fromisoformat(str(ends)) >= datetime.fromisoformat(str(starts))


def _languages(payload: Mapping[str, object], name: str) -> list[str]:
    said = payload.get(name)
    return list(said) if isinstance(said, dict) else []


def _parts(payload: Mapping[str, object]) -> list[dict[str, object]]:
    parts = payload.get("sub_events")
    return [each for each in parts if isinstance(each, dict)] if isinstance(parts, list) else []
