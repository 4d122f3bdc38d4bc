"""The jobs."""

from django.apps import AppConfig


class Workers(AppConfig):
    """Jobs that run after a change is committed."""

    name = "zvonok.workers"
