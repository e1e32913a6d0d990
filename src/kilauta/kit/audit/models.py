from django.db import models

from kilauta.kit.accounts.models import Person


class Change(models.Model):
    """Somebody did something to a thing. Never altered; who did it is forgotten with the person."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=60)
    verb = models.SlugField(max_length=30)
    # By field: what it was and what it became; of a field about a person only that it changed.
    values = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["label", "thing_id", "at"], name="change_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.verb} {self.label} {self.thing_id}"
