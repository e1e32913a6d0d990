"""Forms: what people write is understood, what is wrong is told where it is, and one form has one effect."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from kilauta.kit import forms
from kilauta.kit.forms import door, once
from kilauta.kit.forms.door import is_from_here, visitor_form
from kilauta.kit.forms.models import SentForm
from kilauta.kit.limits.models import Count
from kilauta.kit.refusals import Refused
from tests.cast import NOW, at_once


class Sample(forms.OnceForm):
    kind = forms.ChoiceField(label="Asia", choices=[("a", "Yksi"), ("b", "Kaksi")])
    phone = forms.PhoneField(label="Puhelin", help_text="Soitamme sinulle.")
    text = forms.LongTextField(label="Viesti", max_length=20, required=False)
    days = forms.ChoicesField(label="Päivät", choices=[("ma", "ma"), ("ti", "ti")], required=False)
    name = forms.WordsField(label="Nimi", max_length=10, required=False)
    sure = forms.TickField(label="Olen varma", required=False)
    size = forms.SelectField(label="Koko", choices=[("s", "Pieni")], required=False)


GOOD = {"kind": "a", "phone": "050 555 0199", "form-key": "k" * 32}
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def asked(data=None, **headers):
    """A request as the site gives it to a view: with its reading."""
    factory = RequestFactory()
    request = factory.get("/") if data is None else factory.post("/", data, **headers)
    request.reading = SimpleNamespace(now=NOW)
    return request


def drawn(form, source="{% form_page form %}"):
    html = Template(source).render(Context({"form": form, "request": SimpleNamespace(needs_no_token=True)}))
    return BeautifulSoup(html, "html.parser")


# What is seen


def test_a_field_has_its_name_its_hint_and_room_tied_together():
    page = drawn(Sample(asked()))
    phone = page.find(id="id_phone")
    assert (phone["type"], phone["autocomplete"], phone["aria-describedby"]) == (
        "tel",
        "tel",
        "id_phone_hint",
    )
    assert page.find("label", attrs={"for": "id_phone"}).get_text() == "Puhelin"
    assert page.find(id="id_phone_hint").get_text() == "Soitamme sinulle."
    assert page.find("form").has_attr("novalidate")
    assert page.find(class_="errors") is None


def test_what_need_not_be_filled_in_says_so():
    with translation.override("en"):
        page = drawn(Sample(asked()))
    assert page.find("label", attrs={"for": "id_text"}).get_text() == "Viesti (you may leave this empty)"


def test_a_long_text_says_how_long_it_may_be_and_cuts_nothing():
    with translation.override("en"):
        page = drawn(Sample(asked()))
    assert page.find(id="id_text_hint").get_text() == "At most 20 characters."
    assert page.find(id="id_text")["aria-describedby"] == "id_text_hint"
    assert not page.find_all(attrs={"maxlength": True})


def test_choices_are_a_group_with_a_name():
    page = drawn(Sample(asked()))
    groups = [
        (each.name, each.get("role"), each.legend.get_text(" ", strip=True))
        for each in page.find_all("fieldset")
    ]
    assert [(name, role) for name, role, _legend in groups] == [
        ("fieldset", "radiogroup"),
        ("fieldset", None),
        ("fieldset", None),
    ]
    assert [legend.split(" ")[0] for _name, _role, legend in groups] == ["Asia", "Päivät", "Nimi"]


def test_nothing_is_chosen_from_a_list_by_accident():
    with translation.override("en"):
        page = drawn(Sample(asked()))
    assert [option["value"] for option in page.find(id="id_size").find_all("option")] == ["", "s"]


def test_what_is_wrong_stands_at_its_field_and_above_the_form():
    form = Sample(asked({"phone": "12", "days": "zz", "text": "a" * 21, "name_fi": "a" * 11}))
    assert not form.is_valid()
    page = drawn(form)
    summary = page.find(class_="errors")
    assert (summary["role"], summary["tabindex"], summary.has_attr("autofocus")) == ("alert", "-1", True)
    ways = [link["href"][1:] for link in summary.find_all("a")]
    assert ways == ["id_kind_0", "id_phone", "id_text", "id_days_0", "id_name_fi"]
    for way in ways:
        assert page.find(id=way).name in {"input", "textarea"}
    assert page.find(id="id_phone")["aria-describedby"] == "id_phone_hint id_phone_error"
    assert [each["id"] for each in page.find_all(attrs={"aria-invalid": "true"}) if each.get("id")] == [
        "id_phone", "id_text", "id_days_0", "id_days_1", "id_name_fi",
    ]  # fmt: skip
    assert page.find("fieldset", attrs={"role": "radiogroup"})["aria-invalid"] == "true"
    assert page.find(id="id_text").get_text().strip() == "a" * 21
    assert page.find(id="id_phone")["value"] == "12"


def test_the_missing_languages_are_shown():
    page = drawn(Sample(asked({**GOOD, "name_fi": "talo", "name_en": " "})))
    missing = [label["for"] for label in page.find_all("label") if label.find(class_="missing")]
    assert missing == ["id_name_sv", "id_name_en"]


def test_what_was_typed_stays_text():
    page = drawn(Sample(asked({"phone": '"><script>alert(1)</script>', "text": "</textarea><b>"})))
    assert (page.find("script"), page.find("b")) == (None, None)


def test_a_template_may_write_the_inside_itself():
    source = "{% form_with form %}{% field form.phone %}<button>Nyt</button>{% endform_with %}"
    page = drawn(Sample(asked()), source)
    assert [each["name"] for each in page.form.find_all("input")] == ["form-key", "phone"]
    assert page.form.find("button").get_text() == "Nyt"


def test_a_form_of_somebody_signed_in_has_a_token():
    request = asked()
    html = Template("{% form_page form %}").render(Context({"form": Sample(request), "request": request}))
    page = BeautifulSoup(html, "html.parser")
    assert page.find("input", attrs={"name": "csrfmiddlewaretoken"})["value"] != ""
    assert drawn(Sample(request)).find("input", attrs={"name": "csrfmiddlewaretoken"}) is None


# Where a form comes from

HERE = [
    ({"Sec-Fetch-Site": "same-origin"}, True),
    ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": "cross-site"}, False),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Origin": "http://testserver"}, True),
    ({"Origin": "http://TESTSERVER"}, True),
    ({"Origin": "https://testserver"}, False),
    ({"Origin": "http://testserver:81"}, False),
    ({"Origin": "http://testserver.evil.example"}, False),
    ({"Origin": "null"}, False),
    ({"Origin": "null", "Referer": "http://testserver/"}, False),
    ({"Origin": "http://["}, False),
    ({"Referer": "http://testserver/palaute/"}, True),
    ({"Referer": "http://evil.example/?http://testserver/"}, False),
    ({"Referer": "http://testserver@evil.example/"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("headers", "ours"), HERE)
def test_only_our_own_pages_send_our_forms(headers, ours):
    request = RequestFactory().post("/", headers=headers)
    assert is_from_here(request) is ours


# The visitor's door


@visitor_form
def page(request: HttpRequest) -> HttpResponse:
    """A view as a domain writes it."""
    form = Sample(request)
    done = form.is_valid() and once.once(form, lambda: "/kiitos/", now=request.reading.now)
    return done or HttpResponse(
        Template("{% form_page form %}").render(Context({"form": form, "request": request}))
    )


@visitor_form
def careless(request: HttpRequest) -> HttpResponse:
    """A view that writes without looking at its form."""
    SentForm.objects.create(key="careless", content="", address="", ends_at=NOW)
    return HttpResponse("")


@pytest.mark.django_db
def test_a_good_form_leads_to_its_result_without_a_cookie():
    response = page(asked(GOOD, **OURS))
    assert (response.status_code, response["Location"], response.cookies) == (302, "/kiitos/", {})
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_a_form_sent_by_another_site_does_nothing_and_keeps_what_was_typed():
    response = page(asked(GOOD, HTTP_SEC_FETCH_SITE="cross-site"))
    shown = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, shown.find(id="id_phone")["value"]) == (403, "050 555 0199")
    assert (SentForm.objects.count(), Count.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_view_that_does_not_look_writes_nothing_all_the_same():
    assert careless(asked(GOOD, **OURS)).status_code == 200
    SentForm.objects.all().delete()
    assert careless(asked(GOOD, HTTP_ORIGIN="null")).status_code == 403
    assert SentForm.objects.count() == 0


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_the_door_knows_only_showing_and_sending(verb):
    assert page(getattr(RequestFactory(), verb)("/")).status_code == 405


@pytest.mark.django_db
def test_thirty_forms_from_one_address_pass_and_three_hundred_do_not():
    answers = [page(asked({**GOOD, "form-key": f"{n:032}"}, **OURS)).status_code for n in range(300)]
    assert answers == [302] * door.MOST + [429] * (300 - door.MOST)
    assert 30 <= door.MOST < 300 / 2  # two windows meet within ten minutes
    assert SentForm.objects.count() == door.MOST


@pytest.mark.django_db
def test_who_has_sent_too_many_keeps_the_words_and_is_told_when_to_come_again(monkeypatch):
    monkeypatch.setattr(door, "MOST", 1)
    with translation.override("en"):
        page(asked({**GOOD, "form-key": "a" * 32}, **OURS))
        response = page(asked({**GOOD, "form-key": "b" * 32, "text": "Hei"}, **OURS))
    shown = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, response["Retry-After"]) == (429, "600")
    assert shown.find(id="id_text").get_text().strip() == "Hei"
    assert shown.find(attrs={"name": "form-key"})["value"] == "b" * 32
    assert "Nothing is lost" in shown.find(class_="errors").get_text()


# One form, one effect


def sent(form, **more):
    acts = []
    form.is_valid()

    def act():
        acts.append(form)
        return f"/kiitos/{more.get('number', 1)}/"

    answer = once.once(form, act, now=more.get("now", NOW))
    return (answer.url if answer else None), len(acts)


@pytest.mark.django_db
def test_the_same_form_sent_twice_has_one_effect_and_the_same_result():
    assert sent(Sample(asked(GOOD)), number=1) == ("/kiitos/1/", 1)
    assert sent(Sample(asked(GOOD)), number=2) == ("/kiitos/1/", 0)
    assert sent(Sample(asked({**GOOD, "form-key": "z" * 32})), number=3) == ("/kiitos/3/", 1)


@pytest.mark.django_db
def test_the_same_key_with_other_words_is_told_and_can_be_sent_with_the_next_press():
    sent(Sample(asked(GOOD)))
    form = Sample(asked({**GOOD, "text": "Muuta"}))
    assert sent(form) == (None, 0)
    page = drawn(form)
    assert page.find(id="id_text").get_text().strip() == "Muuta"
    key = page.find(attrs={"name": "form-key"})["value"]
    assert key != GOOD["form-key"]
    assert sent(Sample(asked({**GOOD, "text": "Muuta", "form-key": key})), number=2) == ("/kiitos/2/", 1)


@pytest.mark.django_db
def test_a_key_is_known_for_a_day_and_forgotten_after_two():
    sent(Sample(asked(GOOD)))
    assert sent(Sample(asked(GOOD)), now=NOW + timedelta(hours=24)) == ("/kiitos/1/", 0)
    assert once.forget(now=NOW + timedelta(hours=47)) == 0
    assert once.forget(now=NOW + timedelta(hours=48)) == 1


@pytest.mark.django_db
def test_what_an_operation_refuses_is_told_at_its_field_and_the_key_stays_free():
    def refuse():
        raise Refused("no-answer", "Kukaan ei vastaa tässä numerossa.", "phone")

    form = Sample(asked(GOOD))
    assert form.is_valid()
    assert once.once(form, refuse, now=NOW) is None
    assert form.errors == {"phone": ["Kukaan ei vastaa tässä numerossa."]}
    assert SentForm.objects.count() == 0


@pytest.mark.django_db
def test_neither_key_nor_words_are_kept_as_they_were():
    sent(Sample(asked(GOOD)))
    row = SentForm.objects.get()
    assert GOOD["form-key"] not in (row.key, row.content)
    assert (len(row.key), len(row.content)) == (64, 64)


@pytest.mark.parametrize("key", ["", "lyhyt", "a" * 65, "ä" * 32, "a b" * 12])
def test_a_broken_key_is_changed_for_a_good_one(key):
    form = Sample(asked({**GOOD, "form-key": key}))
    assert form.key != key
    assert len(form.key) == 32


def test_a_form_that_is_only_shown_is_not_wrong():
    form = Sample(asked())
    assert (form.is_bound, form.errors) == (False, {})


@pytest.mark.usefixtures("own_database")
def test_of_a_double_click_one_acts_and_both_see_the_same_result():
    """The control: without the key two at once both act."""
    results = at_once(*[lambda: sent(Sample(asked(GOOD)), number=7) for _ in range(8)])
    assert {address for address, _acts in results} == {"/kiitos/7/"}
    assert sum(acts for _address, acts in results) == 1
    keys = iter(f"{n:032}" for n in range(8))
    forms_of_their_own = [Sample(asked({**GOOD, "form-key": key})) for key in keys]
    apart = at_once(*[lambda form=form: sent(form, number=7) for form in forms_of_their_own])
    assert sum(acts for _address, acts in apart) == 8
