"""What the browser needs to keep the journal when there is no network."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from zvonok.kernel.db import no_queries
from zvonok.screens import shell
from zvonok.screens.shell.asking import own_account_id, signed_in

if TYPE_CHECKING:
    from zvonok.screens.shell.request import Request

WORKER = ("journal/worker-pages.js", "journal/worker.js")
BESIDES = ("shell/shell.css", "django_htmx/htmx-2.min.js")
FOLDERS = (Path(__file__).parents[1] / "static", Path(shell.__file__).parent / "static")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """GET /service-worker.js: at the root, so that it may keep pages of all addresses; new with each release."""
    scripts = ", ".join(json.dumps(static(name)) for name in WORKER)
    assets = _assets(settings.STORAGES["staticfiles"]["BACKEND"])
    release = sha256("\n".join(assets).encode()).hexdigest()[:12]
    text = f"self.RELEASE = {release!r};\nself.ASSETS = {json.dumps(assets)};\nimportScripts({scripts});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@signed_in
def token(request: "Request") -> HttpResponse:
    """GET /journal/token/: whose session this is, and a token for edits that outlived the page they were made on."""
    answer = JsonResponse({"account": str(own_account_id(request)), "token": get_token(request)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
@signed_in
def offline(request: "Request") -> HttpResponse:
    """GET /journal/offline/: what is shown in place of a page that was not kept."""
    with no_queries():
        return render(request, "journal/offline.html")


@lru_cache(maxsize=4)
def _assets(_storage: str) -> list[str]:
    """Name the files that a page of the journal asks for, by the names that the storage gives them."""
    modules = [
        path.relative_to(folder).as_posix() for folder in FOLDERS for path in sorted(folder.glob("*/*.*"))
    ]
    wanted = [name for name in [*modules, *BESIDES] if name not in WORKER]
    return [static(name) for name in wanted]
