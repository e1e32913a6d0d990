from typing import Any

from django.db import models
from django.http import HttpRequest

from kilauta.kit.forms import OnceForm, WordsField
from kilauta.kit.refusals import Refused

from .at import At


class RegisterForm(OnceForm):
    """A form whose fields are those of a thing in a register; a text in three languages is one field of it."""

    def __init__(
        self,
        request: HttpRequest,
        *,
        at: At,
        thing: models.Model | None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(request, initial=initial)
        self.at, self.thing = at, thing
        self.prepare()

    def prepare(self) -> None:
        """Make what depends on the thing and on lists; `self.thing` is None for a new one."""

    def values(self) -> dict[str, object]:
        """Return what the thing should say, by its own fields, once the form is valid."""
        found: dict[str, object] = {}
        for name, field in self.fields.items():
            value: Any = self.cleaned_data.get(name)
            if isinstance(field, WordsField):
                found |= {f"{name}_{language}": text for language, text in value._asdict().items()}
            else:
                found[name] = value
        return found

    def refuse(self, refused: Refused) -> None:
        """Say it at its field; a text in three languages is one field."""
        field = refused.field if refused.field in self.fields else refused.field.rpartition("_")[0]
        self.add_error(field if field in self.fields else None, refused.message)
