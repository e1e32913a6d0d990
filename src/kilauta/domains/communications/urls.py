from django.urls import include, path

from .views import office, own, public

_office = [
    path("palaute/", office.answers, name="answers"),
    path("palaute/<slug:number>/", office.answer, name="answer"),
    path("sivut/", own.pages, name="office-pages"),
    path("sivut/uusi/<slug:word>/", own.new_page, name="office-new-page"),
    path("sivut/<int:key>/", own.page, name="office-page"),
    path("sivut/<int:key>/muokkaa/", own.edit_page, name="office-edit-page"),
    path("uutiset/", own.news, name="office-news"),
    path("uutiset/uusi/", own.new_news, name="office-new-news"),
    path("uutiset/<int:key>/", own.one_news, name="office-one-news"),
    path("uutiset/<int:key>/muokkaa/", own.edit_news, name="office-edit-news"),
    path("yhteystiedot/", own.contacts, name="office-contacts"),
    path("yhteystiedot/uusi/", own.new_contact, name="office-new-contact"),
    path("yhteystiedot/<int:key>/", own.contact, name="office-contact"),
    path("linkit/", own.links, name="office-links"),
    path("linkit/uusi/", own.new_link, name="office-new-link"),
    path("linkit/<int:key>/", own.link, name="office-link"),
]

app_name = "communications"
urlpatterns = [
    path("koordinointi/", include(_office)),
    path("palaute/", public.feedback, name="feedback"),
    path("palaute/<slug:number>/", public.received, name="received"),
    path("uutiset/", public.news, name="news"),
    path("uutiset/syote/", public.news_feed, name="news-feed"),
    path("sivut/<slug:slug>/", public.own_page, name="own-page"),
]
