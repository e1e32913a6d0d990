from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "kilauta.kit.limits"
    label = "limits"
