from django.apps import AppConfig

from kilauta.kit import metrics


class FinderConfig(AppConfig):
    name = "kilauta.domains.finder"
    label = "finder"

    def ready(self) -> None:
        from kilauta.domains.finder.operations import KINDS, write_findings  # noqa: PLC0415 -- models are loaded only now

        for kind in KINDS:
            metrics.receive(kind, write_findings)
