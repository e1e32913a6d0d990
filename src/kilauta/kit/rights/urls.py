from django.urls import path

from . import views

app_name = "rights"
urlpatterns = [
    path("koordinointi/henkilotiedot/", views.person, name="person"),
    path("koordinointi/loki/", views.log, name="log"),
    path("tyopoyta/tietoni/", views.mine, name="mine"),
    path("tyopoyta/tietoni/tiedot.json", views.mine_saved, name="mine-saved"),
]
