from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "kilauta.domains.communications"
    label = "communications"
