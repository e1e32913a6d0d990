from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kilauta.site import views

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
