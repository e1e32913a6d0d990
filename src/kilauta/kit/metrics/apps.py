from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "kilauta.kit.metrics"
    label = "metrics"
