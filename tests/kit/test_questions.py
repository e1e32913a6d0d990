"""Sets of questions: versions that stay frozen, answers with their states, and what is kept of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from kilauta.kit.accounts.models import Person
from kilauta.kit.privacy import retention
from kilauta.kit.questions import versions
from kilauta.kit.questions.asked import asked, newest
from kilauta.kit.questions.forms import QuestionsForm, TypingForm
from kilauta.kit.questions.given import Given, chosen, complete
from kilauta.kit.questions.keeping import keep
from kilauta.kit.questions.models import Answer, Question, QuestionSet, Response
from kilauta.kit.questions.versions import Outline, Wanted
from kilauta.kit.refusals import Refused
from kilauta.lib.words import Words
from tests.cast import NOW

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
TOWNS = {"205": Words("Kajaani", "Kajana"), "290": Words("Kuhmo")}
SOURCES = {"municipality": lambda: TOWNS}
YES_NO = {"yes": Words("Kyllä", "Ja", "Yes"), "no": Words("Ei", "Nej", "No")}
WANTED = (
    Wanted("came", "single", Words("Tulitko?", "Kom du?", "Did you come?"), required=True, options=YES_NO),
    Wanted("why", "multiple", Words("Miksi?"), options={c: Words(c) for c in "abc"}, offers=("dont-know",)),
    Wanted("stars", "scale", Words("Arvosana"), lowest=1, highest=5, only_if="came", only_codes=("yes",)),
    Wanted("times", "number", Words("Montako kertaa?"), lowest=0, highest=99),
    Wanted("town", "municipality", Words("Kunta"), offers=("wont-say",)),
    Wanted("day", "day", Words("Päivä")),
    Wanted("words", "long", Words("Sana on vapaa")),
)


def outline(*questions, **more):
    return Outline("visit", Words("Käynti"), Words(""), questions or WANTED, **more)


def system():
    return Person.objects.system()


def held(*questions):
    return versions.hold(outline(*questions), actor=system(), now=NOW)[0]


def kept(answers, **more):
    given = {"way": "link", "lang": "fi", "on": TODAY, "texts_end_on": TODAY + timedelta(days=30), **more}
    return keep(asked(held(), SOURCES), answers, **given)


def one(code):
    return Given("given", codes=(code,))


def form_of(kind, **data):
    request = RequestFactory().post("/", data)
    return kind(request, asked=asked(held(), SOURCES))


# Versions


def test_holding_the_same_set_again_makes_nothing():
    first, made = versions.hold(outline(), actor=system(), now=NOW)
    again, made_again = versions.hold(outline(), actor=system(), now=NOW)
    assert (made, made_again, first == again, QuestionSet.objects.count()) == (True, False, True, 1)


def test_a_change_makes_the_next_version_and_leaves_the_first_as_it_was():
    first = held()
    before = versions.outline_of(first)
    second = held(*WANTED[:-1])
    assert (second.code, second.version) == ("visit", 2)
    assert versions.outline_of(first) == before == outline()
    assert newest("visit", SOURCES).version == 2


def test_a_published_version_is_not_published_again_and_a_draft_is_nobodys_to_answer():
    with pytest.raises(Refused) as refused:
        versions.publish(held(), actor=system(), now=NOW)
    assert refused.value.code == "published"
    versions.draft(outline(WANTED[0]), actor=system(), now=NOW)
    assert newest("visit", SOURCES).version == 1


LABEL = WANTED[0].label


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (WANTED[0], "same"),
        (Wanted("came", "single", LABEL, required=False, options=YES_NO), "same"),
        (Wanted("came", "single", Words("Kävitkö?", "Kom du?", "Did you come?"), options=YES_NO), "wording"),
        (Wanted("came", "single", LABEL, options={**YES_NO, "no": Words("En", "Nej", "No")}), "wording"),
        (Wanted("came", "single", LABEL, options={**YES_NO, "x": Words("Ehkä")}), "scale"),
        (Wanted("came", "multiple", LABEL, options=YES_NO), "scale"),
        (Wanted("came", "single", LABEL, options=YES_NO, offers=("dont-know",)), "scale"),
    ],
)
def test_the_verdict_says_how_two_versions_of_a_question_compare(after, expected):
    assert versions.verdict(WANTED[0], after) == expected


def test_words_that_were_missing_in_a_language_are_a_translation():
    before = Wanted("why", "short", Words("Miksi?"))
    assert versions.verdict(before, Wanted("why", "short", Words("Miksi?", "Varför?"))) == "translated"
    assert versions.verdict(None, before) == "new"


def test_answers_are_comparable_back_to_the_version_that_asked_otherwise():
    scale = Wanted("came", "single", LABEL, options={**YES_NO, "x": Words("Ehkä")})
    for each in (WANTED[:2], (scale, WANTED[1]), (scale, WANTED[1], WANTED[3]), (scale, WANTED[3])):
        held(*each)
    assert versions.comparable("visit") == {"came": [4, 3, 2], "why": [3, 2, 1], "times": [4, 3]}


@pytest.mark.parametrize(
    "wrong",
    [
        (WANTED[0], WANTED[0]),
        (Wanted("x", "short", Words("")),),
        (Wanted("x", "picture", Words("X")),),
        (Wanted("x", "single", Words("X"), options={"yes": Words("Kyllä")}),),
        (Wanted("x", "single", Words("X"), options={**YES_NO, "illegible": Words("Suttu")}),),
        (Wanted("x", "short", Words("X"), only_if="came", only_codes=("yes",)), WANTED[0]),
    ],
)
def test_what_could_not_be_asked_is_refused(wrong):
    with pytest.raises(Refused):
        held(*wrong)
    assert QuestionSet.objects.count() == 0


# Answers


def test_a_response_holds_every_question_with_its_state_and_nothing_of_who():
    made = kept(
        {
            "came": one("no"),
            "why": chosen(["a", "c"]),
            "town": Given("wont-say"),
            "times": Given("given", number=3),
        }
    )
    rows = Answer.objects.filter(response=made).order_by("question__position", "code")
    assert [(row.question.code, row.state, row.code, row.number) for row in rows] == [
        ("came", "given", "no", None),
        ("why", "given", "a", None),
        ("why", "given", "c", None),
        ("stars", "not-asked", "", None),
        ("times", "given", "", 3),
        ("town", "wont-say", "", None),
        ("day", "unanswered", "", None),
        ("words", "unanswered", "", None),
    ]
    fields = {field.name for field in Response._meta.concrete_fields}
    assert fields == {"id", "set", "given_on", "lang", "way"}


def test_what_a_branch_leaves_out_was_not_asked_even_if_it_was_sent():
    made = asked(held(), SOURCES)
    assert complete(made, {"came": one("no"), "stars": one("5")})["stars"] == Given("not-asked")
    assert complete(made, {"came": one("yes"), "stars": one("5")})["stars"] == one("5")


@pytest.mark.parametrize(
    ("answers", "code", "field"),
    [
        ({"why": one("a")}, "required", "q_came"),
        ({"came": one("maybe")}, "unfit", "q_came"),
        ({"came": Given("given", codes=("yes", "no"))}, "unfit", "q_came"),
        ({"came": one("yes"), "stars": one("6")}, "unfit", "q_stars"),
        ({"came": one("yes"), "times": Given("given", number=100)}, "unfit", "q_times"),
        (
            {"came": one("yes"), "words": Given("given", text="Olen 131052-308T")},
            "identity-number",
            "q_words",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_kept(answers, code, field):
    with pytest.raises(Refused) as refused:
        kept(answers)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_on_paper_nobody_can_be_made_to_answer_but_an_empty_sheet_is_none():
    made = kept({"why": one("a"), "came": Given("two-boxes")}, whole=False, way="paper")
    assert made.answers.get(question__code="came").state == "two-boxes"
    with pytest.raises(Refused) as refused:
        kept({"came": Given("illegible")}, whole=False, way="paper")
    assert refused.value.code == "nothing"


def test_the_words_end_on_their_day_and_the_choices_stay():
    kept({"came": one("yes"), "words": Given("given", text="Kiitos!")})
    retention.run_retention(now=NOW + timedelta(days=29))
    assert Answer.objects.get(question__code="words").text == "Kiitos!"
    retention.run_retention(now=NOW + timedelta(days=30))
    answer = Answer.objects.get(question__code="words")
    assert (answer.text, answer.state) == ("", "given")
    assert Answer.objects.get(question__code="came").code == "yes"


@pytest.mark.parametrize("wrong", [{"state": "maybe"}, {"state": "unanswered"}, {"text": "x"}])
def test_the_database_holds_what_an_answer_is(wrong):
    kept({"came": one("yes")})
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(code="yes").update(**wrong)


# The forms


def test_the_form_gives_answers_by_question():
    form = form_of(
        QuestionsForm, q_came="yes", q_why=["a", "b"], q_stars="4", q_times="2", q_town="wont-say", q_day="1.2.2026", q_words="Hei"
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.answers() == {
        "came": one("yes"),
        "why": Given("given", codes=("a", "b")),
        "stars": one("4"),
        "times": Given("given", number=2),
        "town": Given("wont-say"),
        "day": Given("given", day=date(2026, 2, 1)),
        "words": Given("given", text="Hei"),
    }


def test_the_form_says_what_is_missing_and_offers_what_may_be_said_instead():
    form = form_of(QuestionsForm, q_why="dont-know")
    assert list(form.errors) == ["q_came"]
    assert [code for code, _words in form.fields["q_town"].choices] == ["205", "290", "wont-say"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"q_came": "1"}, {"came": one("yes")}),
        ({"q_came": "12"}, {"came": Given("two-boxes")}),
        ({"q_came": "?"}, {"came": Given("illegible")}),
        ({"q_came": "+"}, {"came": Given("two-boxes")}),
        ({"q_came": ""}, {"came": Given("unanswered")}),
        ({"q_why": "13"}, {"why": Given("given", codes=("a", "c"))}),
        ({"q_why": "0"}, {"why": Given("dont-know")}),
        ({"q_town": "-"}, {"town": Given("wont-say")}),
        ({"q_stars": "5"}, {"stars": one("5")}),
    ],
)
def test_paper_is_typed_by_the_keys_beside_its_boxes(typed, expected):
    form = form_of(TypingForm, **typed)
    assert form.is_valid(), form.errors
    answers = form.answers()
    assert {code: answers[code] for code in expected} == expected


def test_a_key_that_is_not_there_is_told():
    form = form_of(TypingForm, q_came="7")
    assert not form.is_valid()
    assert "7" in form.errors["q_came"][0]


def test_a_set_costs_the_same_few_queries_however_many_questions_it_has(django_assert_num_queries):
    held(*WANTED, *(Wanted(f"more-{n}", "single", Words("X"), options=YES_NO) for n in range(20)))
    assert Question.objects.count() == 27
    with django_assert_num_queries(3):
        newest("visit", SOURCES)
