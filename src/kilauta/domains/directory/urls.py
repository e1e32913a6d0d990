from django.urls import path

from .views import public

app_name = "directory"
urlpatterns = [
    path("palvelut/", public.services, name="services"),
    path("palvelut/<slug:address>/", public.service, name="service"),
    path("antajat/", public.providers, name="providers"),
    path("antajat/<slug:address>/", public.provider, name="provider"),
    path("antajat/<slug:address>/kortti-<slug:size>.pdf", public.provider_card, name="provider-card"),
    path("paikat/", public.places, name="places"),
    path("paikat/<slug:address>/", public.place, name="place"),
]
