from collections.abc import Iterator
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import ChoiceField, Form, TextField
from kilauta.kit.forms.fields import Messages, Plain
from kilauta.lib.text import slugify

from .folder import tables
from .mapping import Choice
from .models import LONGEST_SOURCE
from .sheets import Sheet
from .tables import Table
from .workbooks import LARGEST

EXAMPLES = 3
LEFT_OUT = "-"
LONGEST_EXAMPLE = 40


def small_enough(file: "UploadedFile[bytes]") -> None:
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("The file is larger than 5 MB. Divide it into several files."), "large")


class BookField(Plain, forms.FileField):
    """A workbook or CSV file of at most 5 MB; what it holds is looked at later."""

    default_error_messages: ClassVar[Messages] = {
        "required": _("Choose a file."),
        "invalid": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("The file is empty. Choose another one."),
    }
    default_validators = [small_enough]


class UploadForm(Form):
    """A file, and whose it is."""

    file = BookField(
        label=_("File"),
        help_text=_("A workbook (XLSX, at most 5 MB) or a CSV file. Save an old XLS workbook as XLSX first."),
    )
    source = TextField(
        label=_("Where it comes from"),
        max_length=LONGEST_SOURCE,
        help_text=_(
            "One short word, such as the name of the municipality. Use the same word next time: then the rows are "
            "known again."
        ),
    )

    def __init__(
        self, data: QueryDict | None = None, files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None
    ) -> None:
        super().__init__(data, files)
        self.fields["source"].widget.attrs["list"] = "sources"

    def clean_source(self) -> str:
        word = slugify(self.cleaned_data["source"], LONGEST_SOURCE)
        if not word:
            raise ValidationError(_("Write a word with letters."), "invalid")
        return word


class SheetForm(Form):
    """What a sheet is taken for, and each of its headings."""

    table = ChoiceField(
        label=_("What the sheet is"),
        widget=forms.Select(),
        help_text=_(
            "If you choose another one here, press the button first: the headings are then guessed anew."
        ),
    )

    def __init__(self, data: QueryDict | None, *, sheet: Sheet, choice: Choice) -> None:
        initial: dict[str, object] = {"table": choice.table or LEFT_OUT}
        super().__init__(data, initial=initial)
        self.sheet, self.choice = sheet, choice
        known = {table.name: table for table in tables()}
        self.fields["table"].choices = [  # type: ignore[attr-defined]
            (LEFT_OUT, _("Leave the sheet out")),
            *((table.name, table.called) for table in known.values()),
        ]
        if choice.table in known:
            columns = [(LEFT_OUT, _("Leave out")), *_columns(known[choice.table])]
            for number, heading in enumerate(sheet.headings):
                initial[f"c{number}"] = choice.columns.get(heading, "") or LEFT_OUT
                self.fields[f"c{number}"] = ChoiceField(
                    label=heading,
                    choices=columns,
                    widget=forms.Select(),
                    help_text=", ".join(examples(sheet, heading)),
                )

    def field_of(self, heading: str) -> str | None:
        """Return the name of the field for a heading; None for the whole form."""
        return f"c{self.sheet.headings.index(heading)}" if heading in self.sheet.headings else None

    def chosen(self) -> Choice:
        """Return what was chosen."""
        given = {name: "" if value == LEFT_OUT else value for name, value in self.cleaned_data.items()}
        columns = {heading: given.get(f"c{number}", "") for number, heading in enumerate(self.sheet.headings)}
        return Choice(self.sheet.name, given["table"], columns)


def examples(sheet: Sheet, heading: str) -> list[str]:
    """Return a few cells that stand under a heading."""
    cells = (" ".join(row.cells[heading].split())[:LONGEST_EXAMPLE] for row in sheet.rows)
    found: dict[str, None] = {}
    for cell in cells:
        if cell:
            found[cell] = None
        if len(found) == EXAMPLES:
            break
    return list(found)


def _columns(table: Table) -> Iterator[tuple[str, str]]:
    for name in table.names:
        called = table.heading(name)
        yield name, called if called == name else f"{called} – {name}"
