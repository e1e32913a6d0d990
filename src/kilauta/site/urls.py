from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kilauta.site import opening, rooms, views

urlpatterns = [
    path("terveys", views.alive, name="alive"),
    path("valmius", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("look/<slug:network>.css", views.look, name="look"),
    path("selko/", include("kilauta.site.urls_selko")),
    *i18n_patterns(
        path("", include("kilauta.domains.finder.urls")),
        path("", include("kilauta.domains.directory.urls")),
        path("", include("kilauta.domains.guidance.urls")),
        path("", include("kilauta.domains.booking.urls")),
        path("", include("kilauta.domains.events.urls")),
        path("", include("kilauta.kit.access.urls")),
        path("", include("kilauta.kit.rights.urls")),
        path("", include("kilauta.kit.exchange.urls")),
        path("", include("kilauta.kit.registers.urls")),
        path("tili/", include("allauth.urls")),
        path("tyopoyta/", rooms.desk, name="desk"),
        path("koordinointi/", rooms.office, name="office"),
        path("koordinointi/uusi-verkosto/", opening.opening, name="office-opening"),
        path("koordinointi/kutsut/", rooms.invitations, name="office-invitations"),
        path("koordinointi/lahtevat/", rooms.outgoing, name="office-outbox"),
        path("koordinointi/lahtevat/<uuid:key>/", rooms.again, name="office-again"),
        *([path("kokeile/", rooms.try_out, name="try-out")] if settings.DEMO else []),
        path("", include("kilauta.domains.communications.urls")),
        path("tietoa/", views.about, name="about"),
        path("yhteystiedot/", views.contacts, name="contacts"),
        path("saavutettavuus/", views.accessibility, name="accessibility"),
        path("tietosuoja/", views.privacy, name="privacy"),
        *([path("komponentit/", views.gallery, name="gallery")] if settings.GALLERY else []),
        prefix_default_language=False,
    ),
]
handler404 = "kilauta.site.views.not_found"
handler500 = "kilauta.site.views.failed"
handler400 = "kilauta.site.views.bad_request"
