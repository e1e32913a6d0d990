from django.urls import path

from .views import cards, desk, found, lists, pages, public, searched
from .views import map as map_views

app_name = "finder"
urlpatterns = [
    path("", public.home, name="home"),
    path("kilauta/", public.choose_need, name="choose-need"),
    path("kilauta/paikat.json", public.places_near, name="places-near"),
    path("kilauta/<slug:need>/", public.choose_place, name="choose-place"),
    path("kilauta/<slug:need>/<slug:place>/", public.answer, name="answer"),
    path("haku/", public.search, name="search"),
    path("haku/lista.csv", lists.as_csv, name="list-csv"),
    path("haku/lista.xlsx", lists.as_workbook, name="list-xlsx"),
    path("haku/lehtinen/", lists.leaflet, name="leaflet"),
    path("tiski/", desk.page, name="desk"),
    path("tiski/tuloste/", desk.handout, name="desk-handout"),
    path("tiski/<slug:address>/", desk.entry, name="desk-entry"),
    path("tyopoyta/laheta/", desk.send, name="desk-send"),
    path("loytyiko/", found.found, name="found"),
    path("aiheet/", pages.topics, name="topics"),
    path("aiheet/<slug:code>/", pages.topic, name="topic"),
    path("sahkoiset-palvelut/", pages.eservices, name="eservices"),
    path("sahkoiset-palvelut/<slug:address>/", pages.eservice, name="eservice"),
    path("kunnat/", pages.municipalities, name="municipalities"),
    path("kunnat/<slug:address>/", pages.municipality, name="municipality"),
    path("kartta/", map_views.page, name="map"),
    path("kartta/paikat.json", map_views.points, name="map-points"),
    path("kortti/", cards.choose, name="cards"),
    path("kortti/<slug:place>/", cards.card, name="card"),
    path("kortti/<slug:place>/<slug:size>.pdf", cards.pdf, name="card-pdf"),
    path("tietoa/jarjestys/", pages.order, name="order"),
    path("koordinointi/haut/", searched.page, name="searched"),
    path("koordinointi/haut/haut.<slug:form>", searched.saved, name="searched-file"),
]
