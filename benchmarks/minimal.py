"""Limit (b): a Django view that returns a page's bytes without a query, in a project as `startproject` makes it."""

import os
import pickle
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from benchmarks.recording import Answer

ANSWERS: dict[str, Answer] = pickle.loads(Path(os.environ["BENCH_ANSWERS"]).read_bytes())


def page(request: HttpRequest) -> HttpResponse:
    """Return what the real page returned."""
    answer = ANSWERS[request.path]
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers:
        response.headers[name] = value
    return response


urlpatterns = [re_path("", page)]
settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="constant bytes",
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
django.setup()
application = get_wsgi_application()
