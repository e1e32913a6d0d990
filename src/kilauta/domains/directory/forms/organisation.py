from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import PLANNING, PLANNING_NAMES
from kilauta.kit.forms import LongTextField, MailField, OnceForm, PhoneField, WordsField

from .entry import EntryForm, Section
from .fields import LinkField


class OrganisationForm(EntryForm):
    sections = (
        Section(_("Who you are"), ("name", "summary")),
        Section(
            _("How you are reached"),
            ("phone", "email", "website"),
            _("These belong to the organisation. A person's own number does not belong here."),
        ),
    )
    name = WordsField(label=_("Name"), max_length=120)
    summary = WordsField(
        label=_("In one sentence"),
        help_text=_("What do you do for people? At most 150 characters."),
        max_length=150,
        required=False,
    )
    phone = PhoneField(label=_("Phone number"), required=False, autocomplete="off")
    email = MailField(
        label=_("E-mail address"),
        help_text=_("We ask at this address whether everything is still right."),
        required=False,
        autocomplete="off",
    )
    website = LinkField(label=_("Website"), required=False)


class PlanningForm(OnceForm):
    """What an organisation tells its network and nobody else."""

    resources = LongTextField(
        label=PLANNING_NAMES["resources"],
        help_text=_("For instance: two advisers on Tuesdays, ten tablets, a room for eight."),
        max_length=2000,
        required=False,
    )
    problems = LongTextField(
        label=PLANNING_NAMES["problems"],
        help_text=_("For instance: nobody speaks Swedish, the connection breaks, too few volunteers."),
        max_length=2000,
        required=False,
    )

    def values(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in PLANNING}
