from django.urls import path

from . import views

app_name = "exchange"
urlpatterns = [
    path("koordinointi/tuonti/", views.start, name="start"),
    path("koordinointi/tuonti/pohja.xlsx", views.template, name="template"),
    path("koordinointi/tuonti/nyt/<str:source>.xlsx", views.standing, name="standing"),
    path("koordinointi/tuonti/ratkaistavat/", views.reviews, name="reviews"),
    path("koordinointi/tuonti/ratkaistavat/<int:number>/", views.settle, name="settle"),
    path("koordinointi/tuonti/<uuid:key>/", views.upload, name="upload"),
    path("koordinointi/tuonti/<uuid:key>/lehti/<int:number>/", views.sheet, name="sheet"),
    path("koordinointi/tuonti/<uuid:key>/katso/", views.look, name="look"),
    path("koordinointi/tuonti/<uuid:key>/tulos/", views.report, name="report"),
    path("koordinointi/tuonti/<uuid:key>/tuo/", views.bring, name="bring"),
    path("koordinointi/tuonti/<uuid:key>/pois/", views.dismiss, name="dismiss"),
    path("koordinointi/tuonti/<uuid:key>/viat.csv", views.faults, name="faults"),
]
