from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "kilauta.domains.territory"
    label = "territory"
