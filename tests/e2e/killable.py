"""A server in a process of its own, which can be killed as a machine kills one, and started again at its address."""

import os
import socket
import subprocess
import sys
import urllib.request
from datetime import datetime
from pathlib import Path

from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from tests.e2e.patience import until

CHECKOUT = Path(__file__).parents[2]


class KillableServer:
    """The house on the database of the tests, by the clock of the tests."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = [sys.executable, "-m", __name__, str(self.port), timezone.now().isoformat()]
        self.process = subprocess.Popen(words, cwd=CHECKOUT, env=os.environ | _databases())
        try:
            until(self._answers)
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """Kill it without a word."""
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as answer:
                return int(answer.status) == 200
        except OSError:
            return False


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def _databases() -> dict[str, str]:
    return {
        name: make_conninfo(
            host=at["HOST"], port=at["PORT"], user=at["USER"], password=at["PASSWORD"], dbname=at["NAME"]
        )
        for name, alias in (("DATABASE_URL", "default"), ("DATABASE_OWNER_URL", "owner"))
        for at in [connections[alias].settings_dict]
    }


def _serve(port: int, now: datetime) -> None:
    import django
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application

    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django.setup()
    clock = timezone.now
    shift = now - clock()
    timezone.now = lambda: clock() + shift
    server = ThreadedWSGIServer(("127.0.0.1", port), _Silent)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    server.serve_forever()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
