"""The printed slip of a booking."""

from django.utils import translation
from django.utils.translation import gettext as _

from kilauta.kit.documents import Slip, SlipPart

from .meetings import Meeting
from .secrets import code_of, token_of


def slip_of(meeting: Meeting) -> Slip:
    """Return the slip in the words of the meeting's language: enough to come, or to say that one cannot."""
    with translation.override(meeting.lang):
        code = _("Code %(code)s") % {"code": code_of(meeting.key)}
        shown = meeting.page.partition("://")[2].removesuffix("/")
        cancel = [
            _("Call %(phone)s") % {"phone": meeting.phone} if meeting.phone else "",
            _("or open %(address)s and type the number and the code") % {"address": shown},
        ]
        return Slip(
            lang=meeting.lang,
            title=_("Your time for digital support"),
            headline=meeting.when,
            parts=(
                SlipPart(_("Where"), _where(meeting)),
                SlipPart(
                    _("Take with you"),
                    (meeting.bring or _("Your own device and its charger, if you have them."),),
                ),
                SlipPart(_("If you cannot come"), tuple(cancel)),
                SlipPart(
                    _("Number and code"),
                    (_("Number %(number)s") % {"number": meeting.number}, code),
                    large=True,
                ),
            ),
            url=f"{meeting.page}{token_of(meeting.key)}/",
            beside_code=_("With the camera of a phone: the code opens the page of your time."),
            foot=_("We never ask for your bank codes or passwords."),
        )


def _where(meeting: Meeting) -> tuple[str, ...]:
    if meeting.family == "home":
        return (meeting.how, _("The supporter comes to you."))
    if meeting.by_video:
        shown = meeting.remote.partition("://")[2].removesuffix("/")
        way = _("Open %(address)s and type the code that the supporter tells you on the phone.")
        return (meeting.how, way % {"address": shown})
    if meeting.family != "visit":
        rung = _("The supporter calls you.")
        return (
            meeting.how,
            rung if meeting.is_rung else _("Call %(phone)s at that time.") % {"phone": meeting.phone},
        )
    return (meeting.place or meeting.how, meeting.address, meeting.directions)
