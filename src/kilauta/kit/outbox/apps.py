from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "kilauta.kit.outbox"
    label = "outbox"
