"""Addresses that forms are sent to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from zvonok.screens.shell.asking import View


def posted_from(page: str, *, of: str) -> Callable[[View], View]:
    """Take a form from the page it stands on, named as in the addresses; `of` is what both addresses name.

    After a refusal the browser shows the form's own address. Who opens that again, or changes the language
    there, is led to the page.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def taken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **kwargs)
            if request.method in ("GET", "HEAD"):
                led: HttpResponse = redirect(page, **{of: kwargs[of]})
                return led
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return taken

    return guard
