from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import Clock, Personal

PERSONAL = (
    Personal(
        "questions.Answer",
        "text",
        label=_("Words of an answer"),
        purpose=_("To hear in people's own words how help is and what is missing. Nothing says who wrote."),
        basis=_("Public task: digital support is made better by what people say of it."),
        retention=_("The time told where it was asked, for feedback on help one year."),
        visibility=_("Whoever gave the help, and the network's coordinators. It is never published."),
        clock=Clock("text_ends_on", timedelta(0)),
    ),
)
IMPERSONAL = (
    "questions.QuestionSet",
    "questions.Question",
    "questions.Option",
    "questions.Response",
    "questions.Answer.state",
    "questions.Answer.code",
)
