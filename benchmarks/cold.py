"""Zvonok as it answers when a page has just changed: nothing rendered before is found again."""

import os
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

from zvonok.config import settings


class Forgetful(LocMemCache):
    """Store as always, and find nothing: each request costs what the first one after a change costs."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Look, and miss."""
        super().get(key, default, version)
        return default


settings.CACHES["pages"]["BACKEND"] = "benchmarks.cold.Forgetful"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zvonok.config.settings")

from zvonok.config.wsgi import application  # noqa: E402, F401 - after the cache has been exchanged
