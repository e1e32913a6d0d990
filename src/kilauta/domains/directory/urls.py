from django.urls import include, path

from .views import public, telling
from .views.desk import deeds, entries, hours, own, supporting, watching
from .views.desk.hands import linked, own_deed
from .views.desk.hands import own as mine
from .views.office import line, lists, months, proposals

_HOURS = (
    ("aukiolo", "hours", hours.week),
    ("poikkeukset", "exceptions", hours.exceptions),
    ("pyhat", "holidays", hours.holidays),
)
_EDITORS = (
    ("organisaatio", "organisation", entries.organisation),
    ("palvelu", "service", entries.service),
    ("tapa", "channel", entries.channel),
    ("paikka", "place", entries.place),
)

_room = [
    path("", mine(own.organisations), name="own"),
    path("<uuid:key>/", mine(own.page), name="own-page"),
    path("<uuid:key>/oikein/", mine(own.right), name="own-right"),
    path("<uuid:key>/suunnittelu/", mine(deeds.planning), name="own-planning"),
    path("<uuid:key>/uusi-palvelu/", mine(entries.new_service), name="own-new-service"),
    path("<uuid:key>/uusi-paikka/", mine(entries.new_place), name="own-new-place"),
    path("palvelu/<uuid:key>/tavat/", mine(deeds.ways), name="own-ways"),
    path("palvelu/<uuid:key>/uusi-tapa/", mine(entries.new_channel), name="own-new-channel"),
    path("ilmoitus/<int:key>/poista/", own_deed(deeds.end_notice), name="own-end-notice"),
    path("<slug:word>/<uuid:key>/ilmoitus/", mine(deeds.notice), name="own-notice"),
    path("<slug:word>/<uuid:key>/julkaise/", own_deed(deeds.publish), name="own-publish"),
    path("<slug:word>/<uuid:key>/poista/", own_deed(deeds.withdraw), name="own-withdraw"),
    *(path(f"{word}/<uuid:key>/", mine(view), name=f"own-{name}") for word, name, view in _EDITORS),
    *(path(f"<slug:word>/<uuid:key>/{end}/", mine(view), name=f"own-{name}") for end, name, view in _HOURS),
]
_link = [
    path("", linked(own.link), name="link"),
    path("kiitos/", linked(own.thanks), name="link-thanks"),
    *(path(f"{word}/<uuid:key>/", linked(view), name=f"link-{name}") for word, name, view in _EDITORS),
    *(
        path(f"<slug:word>/<uuid:key>/{end}/", linked(view), name=f"link-{name}")
        for end, name, view in _HOURS
    ),
]
_office = [
    path("rekisterit/puhelinajat/aukiolo/", line.line, name="office-line"),
    path("rekisterit/puhelinajat/<slug:word>/", line.line, name="office-line"),
    path("lista/<slug:code>/", lists.rows, name="office-list"),
    path("ehdotus/<uuid:key>/", proposals.proposal, name="office-proposal"),
    path("tarkistettu/<slug:word>/<uuid:key>/", lists.checked, name="office-checked"),
    path("historia/<slug:word>/<uuid:key>/", lists.history, name="office-history"),
    path("historia/<int:change>/peru/", lists.take_back, name="office-take-back"),
    path("kuukaudet/", months.page, name="office-months"),
    path("kuukaudet/kuukaudet.xlsx", months.table, name="office-months-xlsx"),
    path("samat/", lists.pairs, name="office-pairs"),
    path("samat/<slug:word>/<uuid:keep>/<uuid:other>/", lists.join, name="office-join"),
]

app_name = "directory"
urlpatterns = [
    path("palvelut/", public.services, name="services"),
    path("palvelut/<slug:address>/", public.service, name="service"),
    path("antajat/", public.providers, name="providers"),
    path("antajat/<slug:address>/", public.provider, name="provider"),
    path("antajat/<slug:address>/kortti-<slug:size>.pdf", public.provider_card, name="provider-card"),
    path("antajat/<slug:address>/oma/", telling.claim, name="claim"),
    path("virhe/<slug:word>/<slug:address>/", telling.error, name="error"),
    path("ilmoita/", telling.offer, name="offer"),
    path("ilmoita/lomake/", telling.paper, name="offer-paper"),
    path("kerroit/<uuid:token>/", telling.told, name="told"),
    path("paikat/", public.places, name="places"),
    path("paikat/<slug:address>/", public.place, name="place"),
    path("tyopoyta/oma/", include(_room)),
    path("tyopoyta/seuranta/", watching.follows, name="follows"),
    path("tyopoyta/seuranta/<uuid:key>/", watching.page, name="watching"),
    path("tyopoyta/tuki/", supporting.supports, name="supports"),
    path("tyopoyta/tuki/<uuid:key>/", supporting.support, name="support"),
    path("tyopoyta/tuki/<uuid:key>/vaki/", supporting.supporters, name="supporters"),
    path("tyopoyta/tuki/<uuid:key>/vaki/<uuid:who>/", supporting.support_of, name="support-of"),
    path("koordinointi/", include(_office)),
    path("vahvista/<str:token>/", include(_link)),
]
