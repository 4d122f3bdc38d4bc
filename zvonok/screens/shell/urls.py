"""Addresses of the shell."""

from django.urls import path

from zvonok.screens.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.front, name="front"),
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
]
