from django.urls import path

from .views import office, public

app_name = "communications"
urlpatterns = [
    path("koordinointi/palaute/", office.answers, name="answers"),
    path("koordinointi/palaute/<slug:number>/", office.answer, name="answer"),
    path("palaute/", public.feedback, name="feedback"),
    path("palaute/<slug:number>/", public.received, name="received"),
]
