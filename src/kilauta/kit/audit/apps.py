from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kilauta.kit.audit"
    label = "audit"
