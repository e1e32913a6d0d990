from django.db import models
from django.db.models import F, Q

from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.translations import Translated
from kilauta.lib.words import LANGUAGES, Words

from .choices import ABOUT, ADDRESS_FAULTS, DUTIES, LINK_KINDS, PAGE_KINDS


class Feedback(models.Model):
    """What somebody tells about the service itself, and what was answered. The answer is due in 14 days."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="feedback")
    number = models.CharField(max_length=8, unique=True)
    about = models.CharField(max_length=20)
    text = models.TextField(max_length=3000)
    contact = models.CharField(max_length=254, blank=True)
    lang = models.CharField(max_length=2)
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(max_length=3000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(about__in=tuple(ABOUT)), name="feedback_about_known"),
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="feedback_language_known"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")), name="feedback_due_after_received"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                # a comparison with nothing is neither true nor false, and a constraint lets it pass
                | (Q(answered_on__isnull=False, answered_on__gte=F("received_on")) & ~Q(answer="")),
                name="feedback_answer_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["network", "answered_on", "due_on"], name="feedback_waiting")]

    def __str__(self) -> str:
        return self.number

    @property
    def by_mail(self) -> bool:
        """Whether the answer goes by mail; else somebody rings, if there is a number."""
        return "@" in self.contact


class Page(models.Model):
    """What the network tells of itself. A draft until it is published; a free page keeps the address it was given."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="pages")
    kind = models.CharField(max_length=10)
    slug = models.SlugField(max_length=60, blank=True)
    title_fi = models.CharField(max_length=80, blank=True)
    title_sv = models.CharField(max_length=80, blank=True)
    title_en = models.CharField(max_length=80, blank=True)
    text_fi = models.TextField(max_length=6000)
    text_sv = models.TextField(max_length=6000, blank=True)
    text_en = models.TextField(max_length=6000, blank=True)
    in_foot = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    title = Translated()
    text = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="own") & ~Q(slug="") & ~Q(title_fi=""))
                | Q(kind__in=("about", "contacts"), slug="", title_fi="", in_foot=False),
                name="page_is_own_or_part_of_another",
            ),
            models.UniqueConstraint(
                fields=["network", "kind"], condition=~Q(kind="own"), name="page_of_a_kind_once"
            ),
            models.UniqueConstraint(
                fields=["network", "slug"], condition=Q(kind="own"), name="page_address_once"
            ),
            models.CheckConstraint(condition=~Q(text_fi=""), name="page_says_something"),
        ]

    def __str__(self) -> str:
        return self.title_fi or self.kind

    @property
    def name(self) -> Words | str:
        """What the page is called among the others."""
        return self.title if self.kind == "own" else str(PAGE_KINDS[self.kind])


class News(models.Model):
    """A few sentences that hold from one day to another, both included."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="news")
    title_fi = models.CharField(max_length=80)
    title_sv = models.CharField(max_length=80, blank=True)
    title_en = models.CharField(max_length=80, blank=True)
    text_fi = models.TextField(max_length=600)
    text_sv = models.TextField(max_length=600, blank=True)
    text_en = models.TextField(max_length=600, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    title = Translated()
    text = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title_fi="") & ~Q(text_fi=""), name="news_says_something"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="news_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["network", "until_on"], name="news_in_force")]

    def __str__(self) -> str:
        return self.title_fi


class Contact(models.Model):
    """Where the network is reached in a matter: a role, and a number or an address that the role shares."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="contacts")
    duty = models.CharField(max_length=20)
    note_fi = models.CharField(max_length=200, blank=True)
    note_sv = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    note = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(duty__in=tuple(DUTIES)), name="contact_duty_known"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return str(DUTIES[self.duty])


class Link(models.Model):
    """A link to digital support elsewhere, or to the network in social media."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="cross_links")
    kind = models.CharField(max_length=10)
    label_fi = models.CharField(max_length=100)
    label_sv = models.CharField(max_length=100, blank=True)
    label_en = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    label = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(LINK_KINDS)), name="cross_link_kind_known"),
            models.CheckConstraint(condition=~Q(label_fi=""), name="cross_link_has_words"),
            models.UniqueConstraint(fields=["network", "url"], name="cross_link_once"),
        ]

    def __str__(self) -> str:
        return self.label_fi


class WebAddress(models.Model):
    """A web address that a text leads to, and what was found there: so many failures in a row, and the last fault."""

    url = models.CharField(max_length=500, unique=True)
    asked_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, fault="") | Q(failures__gt=0, fault__in=tuple(ADDRESS_FAULTS)),
                name="address_failure_has_its_fault",
            )
        ]

    def __str__(self) -> str:
        return self.url
