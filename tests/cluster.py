"""The database of the tests: a cluster of their own, found or started before the settings are read."""

import atexit
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zvonok.config.settings")

if "DATABASE_URL" not in os.environ:
    from zvonok.config import launcher

    home = Path(os.environ.get("ZVONOK_HOME") or Path(__file__).parents[1] / "var") / "test"
    lent = launcher.borrowed(home)
    cluster = lent.__enter__()
    atexit.register(lent.__exit__, None, None, None)
    os.environ["DATABASE_URL"] = cluster.url("zvonok_web")
    os.environ["DATABASE_OWNER_URL"] = cluster.url("zvonok_owner")
    os.environ["ZVONOK_HOME"] = str(home)
