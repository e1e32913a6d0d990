import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext


class PersonManager(BaseUserManager["Person"]):
    def system(self) -> "Person":
        """Return the person that imports and the command line act as."""
        person, _ = self.get_or_create(is_system=True, defaults={"name": "Kilauta"})
        return person


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    # of the mails to the person
    lang = models.CharField(max_length=2, default="fi")
    is_system = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    # what a library wants of a person: nobody is let in anywhere by these
    is_staff = False
    is_superuser = False
    USERNAME_FIELD = "email"
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_system"], condition=Q(is_system=True), name="one_system_person"
            ),
            models.CheckConstraint(
                condition=Q(is_system=True) | Q(is_active=False) | Q(email__isnull=False),
                name="person_has_address_or_is_system",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or gettext("Erased person")
