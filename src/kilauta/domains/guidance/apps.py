from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "kilauta.domains.guidance"
    label = "guidance"
