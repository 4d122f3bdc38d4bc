"""Addresses of the shell."""

from django.urls import path

from zvonok.screens.shell import upload_views, views

app_name = "shell"
urlpatterns = [
    path("", views.front, name="front"),
    path("language/", views.language, name="language"),
    path("uploads/<uuid:school_id>/", upload_views.uploads, name="uploads"),
    path("uploads/<uuid:school_id>/<uuid:upload_id>/", upload_views.upload, name="upload"),
    path("uploads/<uuid:school_id>/<uuid:upload_id>/finish/", upload_views.finish, name="finish_upload"),
    path("appearance/", views.appearance, name="appearance"),
]
