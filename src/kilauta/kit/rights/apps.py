from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "kilauta.kit.rights"
    label = "rights"
