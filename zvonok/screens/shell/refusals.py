"""The one place where a refusal becomes an answer: a page, a fragment or JSON."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zvonok.kernel.refusals import Refused

UNPROCESSABLE = 422


class AnswerRefusals:
    """Answer for a view that let a refusal through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turn a refusal, and nothing else, into an answer."""
        return refused(request, fault) if isinstance(fault, Refused) else None


def refused(request: HttpRequest, refusal: Refused, status: int = UNPROCESSABLE) -> HttpResponse:
    """Answer with the sentence of the refusal, in the form in which the asker reads."""
    if wants_json(request):
        return JsonResponse({"error": refusal.code, "message": str(refusal)}, status=status)
    template = "shell/_refusal.html" if wants_fragment(request) else "shell/refusal.html"
    return render(request, template, {"refusal": refusal}, status=status)


def wants_json(request: HttpRequest) -> bool:
    """Say whether a program is asking, and not a browser."""
    return (
        request.path.startswith(("/api/", "/ims/"))
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether a part of a page is asked for, to be put into one that stands already."""
    return bool(request.META.get("HTTP_HX_REQUEST") == "true")
