"""Whose number it is that somebody tapped."""

import re
from collections.abc import Iterator

from kilauta.domains.directory.queries.reading import Reading

HELPLINE = "helpline"


def number_of(reading: Reading, number: str) -> str | None:
    """Return the id of the channel or organisation whose number it is, or HELPLINE; None if it is none of ours.

    A number that several channels share is their organisation's; of several organisations the first one's.
    """
    dialled = _digits(number)
    if not dialled:
        return None
    if dialled == _digits(reading.network.phone):
        return HELPLINE
    channels = [each for each in _channels(reading) if _digits(each[2]) == dialled]
    if len(channels) == 1:
        return channels[0][1]
    if channels:
        return channels[0][0]
    owners = (each.id for each in reading.catalogue.organisations.values() if _digits(each.phone) == dialled)
    return next(owners, None)


def _channels(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield organisation, channel and number of every channel with a number."""
    for service in reading.catalogue.services.values():
        for channel in service.channels:
            if channel.phone:
                yield service.organisation, channel.id, channel.phone


def _digits(number: str) -> str:
    """Return a number so that every way of writing it is the same: 358505550132; short numbers as they are."""
    digits = re.sub(r"\D", "", number)
    if digits.startswith("00"):
        return digits[2:]
    return f"358{digits[1:]}" if digits.startswith("0") else digits
