"""Feedback as somebody else writes it down: asked aloud, typed from paper, or brought in from another system."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.logic.feedback import GENERAL, Helped
from kilauta.kit.exchange.forms import BookField
from kilauta.kit.exchange.reading import RawRow
from kilauta.kit.exchange.sheets import Sheet
from kilauta.kit.forms import DayField, Form, SelectField, TextField
from kilauta.kit.forms.reading import day as read_day
from kilauta.kit.forms.reading import spaced
from kilauta.kit.questions import choices
from kilauta.kit.questions.asked import Asked, Item
from kilauta.kit.questions.forms import LONGEST_LINE, QuestionsForm, TypingForm
from kilauta.kit.questions.given import Given
from kilauta.kit.translations import reader_language

DAY_HEADINGS = ("päivä", "dag", "day")
OLDEST_YEAR = 2000


class _About(QuestionsForm):
    """`things` are those that the asker may choose from; without one it is about help in general."""

    about = SelectField(label=_("Whose help is it about?"), choices=(), required=False)

    def __init__(
        self, request: HttpRequest, *, asked: Asked, things: list[Helped], initial: dict[str, object]
    ) -> None:
        self.things = {thing.short: thing for thing in things}
        super().__init__(request, asked=asked, initial=initial)
        rows = [(thing.short, thing.name.pick(reader_language()).value) for thing in things]
        self.fields["about"].choices = [("", _("Help in general")), *rows]  # type: ignore[attr-defined]  # a field of choices

    @property
    def helped(self) -> Helped:
        return self.things.get(self.cleaned_data["about"], GENERAL)


class AskingForm(_About):
    """Read aloud, and answered by the person."""


class PaperForm(TypingForm, _About):
    """One sheet after another: what stays the same is kept from the last one."""

    day = DayField(label=_("Day on the sheet"))

    field_order = ("about", "day")


class FeedbackFileForm(Form):
    file = BookField(label=_("File"), help_text=_("A workbook (XLSX, at most 5 MB) or a CSV file."))
    source = TextField(
        label=_("Where it comes from"),
        max_length=60,
        help_text=_(
            "The other system and whose it is, for example: wellbeing services county, customer feedback."
        ),
    )
    dated_on = DayField(
        label=_("Day of the feedback"), help_text=_("It holds for the rows that have no day of their own.")
    )

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None
    ) -> None:
        super().__init__(data, files)


class Fault(Exception):  # noqa: N818 -- not an error of ours: a cell that cannot be read
    """A cell of a file cannot be read."""


def headings_of(asked: Asked, sheet: Sheet) -> tuple[dict[str, Item], str]:
    """Return which heading is which question, by its code or its words in any language, and which one is the day."""
    known = {text.casefold(): item for item in asked.items for text in (item.code, *item.label) if text}
    found = {
        head: known[spaced(head).casefold()] for head in sheet.headings if spaced(head).casefold() in known
    }
    days = [head for head in sheet.headings if head.casefold() in DAY_HEADINGS]
    return found, days[0] if days else ""


def read_row(
    row: RawRow, heads: dict[str, Item], day_head: str, otherwise: date
) -> tuple[date, dict[str, Given]]:
    """Return the day and the answers of a row, or raise what is wrong with it, as a sentence."""
    barred = next((said for said in row.barred.values()), "")
    if barred:
        raise Fault(barred)
    cell = row.cells.get(day_head, "").strip() if day_head else ""
    found = _day(cell) if cell else otherwise
    answers = {item.code: _given(item, spaced(row.cells[head])) for head, item in heads.items()}
    if not any(given.is_given for given in answers.values()):
        raise Fault(say("Nothing was answered in this row."))
    return found, answers


def _day(cell: str) -> date:
    found = read_day(cell)
    if found is None or found.year < OLDEST_YEAR:
        raise Fault(say("Check the day. Write it like this: 1.2.2026."))
    return found


def _given(item: Item, cell: str) -> Given:
    if not cell:
        return Given()
    if item.is_chosen:
        code = item.written.get(cell.casefold())
        if code is None:
            raise Fault(say("“%(cell)s” is not among the choices of “%(question)s”.") % {
                "cell": cell[:60], "question": item.label.pick(reader_language()).value
            })  # fmt: skip
        return Given(choices.GIVEN, codes=(code,))
    if len(cell) > LONGEST_LINE:
        raise Fault(say("A text is too long: at most %(most)s characters.") % {"most": LONGEST_LINE})
    return Given(choices.GIVEN, text=cell)
