from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "kilauta.kit.forms"
    label = "forms"
