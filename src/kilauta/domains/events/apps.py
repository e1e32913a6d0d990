from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "kilauta.domains.events"
    label = "events"
