"""Files beside homework, for the family: each time it is asked anew whether the homework is the student's."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from zvonok.domain.access.models import Section
from zvonok.domain.files.selectors import FileLine
from zvonok.domain.homework.file_selectors import file_for_student
from zvonok.kernel.scope import school_scope
from zvonok.screens.diary.door import Visit, family
from zvonok.screens.shell.files import serve, serve_preview


@require_safe
@family(Section.HOMEWORK)
def file(request: HttpRequest, visit: Visit, file_id: UUID) -> HttpResponse:
    """GET /diary/<link>/files/<file>/."""
    return serve(request, _found(visit, file_id))


@require_safe
@family(Section.HOMEWORK)
def preview(request: HttpRequest, visit: Visit, file_id: UUID) -> HttpResponse:
    """GET /diary/<link>/files/<file>/preview/: a small picture of it."""
    return serve_preview(request, _found(visit, file_id))


def _found(visit: Visit, file_id: UUID) -> FileLine:
    for school_id in visit.asked.revisions:
        with school_scope(school_id):
            found = file_for_student(school_id=school_id, student_id=visit.asked.student_id, file_id=file_id)
        if found is not None:
            return found
    raise Http404
