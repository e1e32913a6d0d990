import uuid

from django.db import models
from django.db.models import Q

from .choices import Channel, Fault, State


class Message(models.Model):
    """One text to one address.

    Its key is that of its Message-ID and of its line in the journal, and is made from the caller's own key where there
    is one: the same message written again, even into an older database, is the same row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)  # label/name of its template
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    lang = models.CharField(max_length=2)
    address = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=24, blank=True)  # to ring when the message cannot be delivered
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # what the mail asks the receiver's calendar to do (iCalendar), beside its words
    calendar = models.TextField(blank=True)
    about = models.CharField(max_length=120, blank=True)  # label.matter:key, to cancel by and to ask about
    urgent = models.BooleanField(default=False)  # somebody waits for it: sent at night too
    secret = models.BooleanField(
        default=False
    )  # whoever has the text may do something: read by its receiver only
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Also the claim of the worker that is sending it: until then it is nobody else's.
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=11, choices=Fault, blank=True)
    reply = models.PositiveSmallIntegerField(null=True, blank=True)  # the mail server's own number

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(fault__in=["", *Fault.values]), name="message_fault_known"),
            models.CheckConstraint(condition=Q(lang__in=["fi", "sv", "en"]), name="message_lang_known"),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING) | (~Q(body="") & Q(sent_at=None)),
                name="message_waiting_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_at_some_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DEAD) | ~Q(fault=""), name="message_dead_of_something"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="message_next"),
            models.Index(fields=["about", "state"], name="message_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
