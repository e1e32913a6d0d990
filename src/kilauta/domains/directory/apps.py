from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "kilauta.domains.directory"
    label = "directory"
