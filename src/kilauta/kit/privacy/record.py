"""The record of processing (General Data Protection Regulation, article 30), made from the declarations."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .declarations import DELETE, Clock, Personal, personal


def processing_record(*, owner: str, officer: str) -> Iterator[list[str]]:
    """Yield a head and a row for every field about persons, in the words of the active language."""
    yield [
        _("Controller"),
        _("Data protection officer"),
        _("Table"),
        _("Data"),
        _("For what"),
        _("Basis"),
        _("Kept"),
        _("Ended by the service"),
        _("Who sees it"),
        _("Outside the European Union"),
        _("How it is protected"),
    ]
    for each in personal():
        yield [
            owner,
            officer,
            each.model,
            str(each.label),
            str(each.purpose),
            str(each.basis),
            str(each.retention),
            _end(each),
            str(each.visibility),
            _("Not transferred"),
            _("Sign-in, roles, a log of who has looked; deleted data are overwritten."),
        ]


def _end(field: Personal) -> str:
    return "; ".join(_over(field, clock) for clock in field.clocks) or _("When the person is erased")


def _over(field: Personal, clock: Clock) -> str:
    told = {"days": clock.after.days, "since": f"{field.model}.{clock.since}"}
    if clock.how == DELETE:
        return _("The row is deleted %(days)s days after %(since)s") % told
    return _("The field is emptied %(days)s days after %(since)s") % told
