from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "kilauta.kit.store"
    label = "store"
