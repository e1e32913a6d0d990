from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("tyopoyta/ihmiset/paata/<uuid:grant_id>/", views.end, name="end"),
    path("tyopoyta/ihmiset/peru/<uuid:invitation_id>/", views.withdraw, name="withdraw"),
    path("tyopoyta/ihmiset/<slug:scope>/<slug:scope_id>/", views.people, name="people"),
    path("kutsu/<str:token>/", views.invitation, name="invitation"),
]
