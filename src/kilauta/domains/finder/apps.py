from django.apps import AppConfig

from kilauta.kit import metrics


class FinderConfig(AppConfig):
    name = "kilauta.domains.finder"
    label = "finder"

    def ready(self) -> None:
        from .operations import KIND, write_findings  # noqa: PLC0415 -- models are loaded only now

        metrics.receive(KIND, write_findings)
