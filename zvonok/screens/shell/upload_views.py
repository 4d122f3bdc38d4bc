"""Where scripts send files, piece by piece, ahead of the form that they belong to."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from zvonok.domain.files.commands import ChunkOutOfPlace
from zvonok.domain.files.rules import CHUNK_BYTES, LARGEST_BYTES
from zvonok.screens.shell import handing_in
from zvonok.screens.shell.asking import signed_in
from zvonok.screens.shell.errors import bad_request
from zvonok.screens.shell.handing_in import Place, may_hand_in
from zvonok.screens.shell.refusals import refused
from zvonok.screens.shell.request import Request

CREATED, NO_CONTENT, CONFLICT = 201, 204, 409


class BeginForm(forms.Form):
    """What a script says of a file before it sends it."""

    id = forms.UUIDField()
    name = forms.CharField(max_length=1000)
    size = forms.IntegerField(min_value=0, max_value=2**53)


class OffsetForm(forms.Form):
    """Where a piece begins."""

    offset = forms.IntegerField(min_value=0, max_value=LARGEST_BYTES)


@require_POST
@signed_in
def uploads(request: Request, school_id: UUID) -> HttpResponse:
    """POST /uploads/<school>/: begin a file, or go on with one of this id; the answer tells where it stands."""
    place = _place(request, school_id)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return bad_request(request)
    told = form.cleaned_data
    upload = handing_in.begin(place, told["id"], name=told["name"], size=told["size"], at=timezone.now())
    answer = {"id": str(upload.pk), "received": upload.received, "chunk": CHUNK_BYTES}
    return JsonResponse(answer, status=CREATED)


@require_http_methods(["PATCH", "DELETE"])
@signed_in
def upload(request: Request, school_id: UUID, upload_id: UUID) -> HttpResponse:
    """PATCH /uploads/<school>/<id>/?offset=: a piece, as it is; DELETE: give the file up."""
    place = _place(request, school_id)
    if request.method == "DELETE":
        handing_in.discard(place, upload_id)
        return HttpResponse(status=NO_CONTENT)
    form = OffsetForm(request.GET)
    if not form.is_valid():
        return bad_request(request)
    try:
        piece = request.body
        received = handing_in.put_piece(place, upload_id, offset=form.cleaned_data["offset"], piece=piece)
    except UnreadablePostError:
        return bad_request(request)
    except ChunkOutOfPlace as refusal:
        return refused(request, refusal, status=CONFLICT)
    return JsonResponse({"received": received})


@require_POST
@signed_in
def finish(request: Request, school_id: UUID, upload_id: UUID) -> HttpResponse:
    """POST /uploads/<school>/<id>/finish/: all is there; the form may name the file now."""
    made = handing_in.finish(_place(request, school_id), upload_id, at=timezone.now())
    return JsonResponse({"id": str(made.pk), "name": made.name, "state": made.content.state})


def _place(request: Request, school_id: UUID) -> Place:
    if not may_hand_in(request.actor, school_id):
        raise Http404
    return Place(school_id, request.actor.person_id)
