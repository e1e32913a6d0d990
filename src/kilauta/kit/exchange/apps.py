from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "kilauta.kit.exchange"
    label = "exchange"
