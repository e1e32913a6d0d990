from django.urls import URLPattern, path

from .views import day, notices, office, own, people, public, queue, signup, taken

app_name = "events"

# what residents read and fill in
_public: list[URLPattern] = [
    path("tapahtumat/", public.listing, name="listing"),
    path("tapahtumat/menneet/", public.past, name="past"),
    path("tapahtumat/paikkakunnat/", public.localities, name="localities"),
    path("tapahtumat/<str:address>/", public.event, name="event"),
    path("tapahtumat/<str:address>/ilmoittaudu/", signup.sign_up, name="sign-up"),
    path("tapahtumat/<str:address>/ilmoittaudu/<uuid:occurrence>/", signup.sign_up, name="sign-up-time"),
    path("ilmoittautuminen/", signup.find, name="find"),
    path("ilmoittautuminen/<str:token>/", signup.signup, name="signup"),
    path("ilmoittautuminen/<str:token>/peru/", signup.cancel, name="cancel"),
    path("ilmoittautuminen/<str:token>/lappu/", signup.slip, name="slip"),
    path("ilmoittautuminen/<str:token>/aika.ics", signup.calendar_file, name="calendar-file"),
]
# what other programmes and paper take
_taken: list[URLPattern] = [
    path("tapahtumat/kalenteri.ics", taken.feed, name="feed"),
    path("tapahtumat/syote/", taken.rss, name="rss"),
    path("tapahtumat/linkedevents.json", taken.shared, name="linked"),
    path("tapahtumat/<slug:address>/aika.ics", taken.event_calendar, name="event-calendar"),
    path("tapahtumat/<slug:address>/esite-<slug:size>.pdf", taken.leaflet, name="leaflet"),
    path("tapahtumat/<slug:address>/juliste.pdf", taken.poster, name="poster"),
]
# the room of those who hold events
_room: list[URLPattern] = [
    path("tyopoyta/tapahtumat/", own.own, name="own"),
    path("tyopoyta/tapahtumat/uusi/", own.new, name="new"),
    path("tyopoyta/tapahtumat/soitot/", people.calls, name="calls"),
    path("tyopoyta/tapahtumat/<uuid:key>/", own.event, name="own-event"),
    path("tyopoyta/tapahtumat/<uuid:key>/tila/", own.state, name="state"),
    path("tyopoyta/tapahtumat/<uuid:key>/muokkaa/", own.edit, name="edit"),
    path("tyopoyta/tapahtumat/<uuid:key>/kerta/", own.add_time, name="add-time"),
    path("tyopoyta/tapahtumat/<uuid:key>/kerta/<uuid:occurrence>/", own.time, name="time"),
    path("tyopoyta/tapahtumat/<uuid:key>/ilmoittautuneet/", people.people, name="people"),
    path("tyopoyta/tapahtumat/<uuid:key>/kanavat/", notices.add, name="notice-add"),
    path("tyopoyta/tapahtumat/<uuid:key>/kanavat/<int:notice>/", notices.notice, name="notice"),
    path("tyopoyta/tapahtumat/<uuid:key>/kanavat/<int:notice>/tehty/", notices.tick, name="notice-tick"),
    path("tyopoyta/tapahtumat/<uuid:key>/tekstit/", notices.texts, name="texts"),
    path("tyopoyta/tapahtumat/<uuid:key>/kulut/", notices.costs, name="costs"),
    path("tyopoyta/tapahtumat/<uuid:key>/esitteet/", notices.deliveries, name="deliveries"),
    path("koordinointi/tapahtumat/", office.figures, name="office-figures"),
    path("koordinointi/tapahtumat/luvut.xlsx", office.figures_saved, name="office-figures-xlsx"),
    path("koordinointi/tapahtumat/toimipaikat/", office.venues, name="office-venues"),
    path("koordinointi/tapahtumat/toimipaikat/<int:key>/", office.venue, name="office-venue"),
]
# the day itself
DAY = "tyopoyta/tapahtumat/<uuid:key>/paiva/<uuid:occurrence>/"
_day: list[URLPattern] = [
    path("tyopoyta/tapahtumat/paiva/", day.shell, name="day-shell"),
    path("tyopoyta/tapahtumat/sw.js", day.worker, name="day-worker"),
    path(DAY, day.day, name="day"),
    path(f"{DAY}otto/", day.take, name="day-take"),
    path(f"{DAY}lista/", day.listed, name="day-list"),
    path(f"{DAY}paperi/", day.paper, name="day-paper"),
    path(f"{DAY}kirjaa/", day.log, name="day-log"),
    path(f"{DAY}sulje/", day.close, name="close"),
    path(f"{DAY}naytto/", queue.screen, name="queue-screen"),
    path(f"{DAY}numerot/", queue.numbers, name="numbers"),
]

# what other programmes take comes first: the page of an event answers at any word
urlpatterns = [*_taken, *_public, *_room, *_day]
