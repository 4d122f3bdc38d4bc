"""Addresses of a person's own account."""

from django.urls import path

from zvonok.screens.account import views

app_name = "account"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/profile/", views.profile, name="profile"),
    path("account/profile/language/", views.language, name="language"),
    path("account/security/", views.security, name="security"),
    path("account/sessions/", views.sessions, name="sessions"),
]
