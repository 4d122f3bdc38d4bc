"""Fail when a model has changed and no migration says so. Asks no database."""

import django
from django.conf import settings
from django.core.management import call_command

for database in settings.DATABASES.values():
    database["ENGINE"] = "django.db.backends.dummy"
django.setup()
call_command("makemigrations", check_changes=True, dry_run=True)
