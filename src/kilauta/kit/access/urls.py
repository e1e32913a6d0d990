from django.urls import path

from .views import absence, people, pledge

app_name = "access"
urlpatterns = [
    path("tyopoyta/ihmiset/paata/<uuid:grant_id>/", people.end, name="end"),
    path("tyopoyta/ihmiset/peru/<uuid:invitation_id>/", people.withdraw, name="withdraw"),
    path("tyopoyta/ihmiset/<slug:scope>/<slug:scope_id>/", people.people, name="people"),
    path("tyopoyta/poissa/", absence.away, name="away"),
    path("tyopoyta/poissa/<uuid:key>/", absence.away, name="away-of"),
    path("tyopoyta/poissa/takaisin/<int:number>/", absence.back, name="back"),
    path("tyopoyta/vaitiolo/", pledge.pledge, name="pledge"),
    path("koordinointi/vaitiolo/", pledge.office, name="pledge-office"),
    path("kutsu/<str:token>/", people.invitation, name="invitation"),
]
