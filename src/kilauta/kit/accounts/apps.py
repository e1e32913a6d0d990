from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kilauta.kit.accounts"
    label = "accounts"
