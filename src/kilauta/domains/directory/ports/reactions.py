from django.dispatch import receiver

from kilauta.domains.directory import operations
from kilauta.domains.territory.models import Locality
from kilauta.domains.territory.signals import locality_renamed


@receiver(locality_renamed)
def find_by_new_name(locality: Locality, **_more: object) -> None:
    operations.find_anew(locality)
