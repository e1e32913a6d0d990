"""Addresses of the pages in easy Finnish: one language, so they stand outside the language prefixes."""

from django.urls import path

from kilauta.domains.finder.views import selko

app_name = "selko"
urlpatterns = [
    path("", selko.home, name="home"),
    path("kilauta/<slug:need>/", selko.choose_place, name="choose-place"),
    path("kilauta/<slug:need>/<slug:place>/", selko.answer, name="answer"),
    path("kortti/<slug:place>/", selko.card, name="card"),
]
