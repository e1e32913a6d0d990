from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "kilauta.domains.booking"
    label = "booking"
