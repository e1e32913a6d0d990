"""Forms that people finish: fields that read what people write, errors that say what to do, and a visitor's door.

A domain's `forms.py` declares its forms from the parts named here; `once` and `visitor` are for its views:

    class Feedback(OnceForm):
        contact = MailField(label=_("E-mail"), help_text=_("We answer there."), required=False)

A template writes the whole form with `{% form_page form button=… %}`, or its inside by itself: `{% form_with form %}`,
`{% field form.contact %}` for each field, a button, `{% endform_with %}`. A page calls its form `form`: then its title
says when something is wrong.
"""

from .fields import (
    TONGUES,
    ChoiceField,
    ChoicesField,
    ContactField,
    DayField,
    LongTextField,
    MailField,
    NumberField,
    PhoneField,
    PointField,
    SelectField,
    TextField,
    TickField,
    TimeField,
    WordsField,
)
from .form import Form, OnceForm

__all__ = [
    "TONGUES",
    "ChoiceField",
    "ChoicesField",
    "ContactField",
    "DayField",
    "Form",
    "LongTextField",
    "MailField",
    "NumberField",
    "OnceForm",
    "PhoneField",
    "PointField",
    "SelectField",
    "TextField",
    "TickField",
    "TimeField",
    "WordsField",
]
