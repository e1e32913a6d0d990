from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kilauta.kit.jobs"
    label = "jobs"
