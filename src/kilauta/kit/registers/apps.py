from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "kilauta.kit.registers"
    label = "registers"
