from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "kilauta.kit.components"
    label = "components"
