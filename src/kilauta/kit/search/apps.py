from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kilauta.kit.search"
    label = "search"
