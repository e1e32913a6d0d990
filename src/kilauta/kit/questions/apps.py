from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "kilauta.kit.questions"
    label = "questions"
