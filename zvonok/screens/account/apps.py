"""The app of the account pages, under a label that leaves `account` to the sign-in library."""

from django.apps import AppConfig


class OwnAccount(AppConfig):
    """Pages on which people look after their own account."""

    name = "zvonok.screens.account"
    label = "own_account"
