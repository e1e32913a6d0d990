from django.urls import path

from . import views

app_name = "registers"
urlpatterns = [
    path("koordinointi/rekisterit/", views.index, name="index"),
    path("koordinointi/rekisterit/<slug:word>/", views.rows, name="rows"),
    path("koordinointi/rekisterit/<slug:word>/uusi/", views.new, name="new"),
    path("koordinointi/rekisterit/<slug:word>/muuta/<str:key>/", views.one, name="one"),
    path("koordinointi/rekisterit/<slug:word>/paata/<str:key>/", views.end, name="end"),
]
