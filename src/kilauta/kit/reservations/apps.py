from django.apps import AppConfig


class ReservationsConfig(AppConfig):
    name = "kilauta.kit.reservations"
    label = "reservations"
