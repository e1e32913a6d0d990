from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kilauta.kit.access"
    label = "access"
