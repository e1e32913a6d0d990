from django.apps import AppConfig


class PortsConfig(AppConfig):
    name = "kilauta.kit.ports"
    label = "ports"

    def ready(self) -> None:
        from kilauta.kit import ports  # noqa: PLC0415 -- app start: the ports read models, ready only now

        ports.find()
