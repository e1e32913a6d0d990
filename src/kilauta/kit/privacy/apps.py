from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "kilauta.kit.privacy"
    label = "privacy"
