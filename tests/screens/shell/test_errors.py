import json

import pytest
from django.db import IntegrityError, OperationalError

from zvonok.kernel.refusals import Refused
from zvonok.screens.shell import errors
from zvonok.screens.shell.availability import AnswerWhenTheDatabaseIsAway
from zvonok.screens.shell.refusals import AnswerRefusals, refused


class LessonClosed(Refused):
    message = "The lesson of %(day)s is closed."


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failed, 403),
        (errors.not_found, 404),
        (errors.too_many, 429),
        (errors.failed, 500),
        (errors.unavailable, 503),
    ],
)
def test_a_fault_says_what_happened_and_leads_on(ask, view, status):
    response = view(ask("/x/"))
    html = response.content.decode()
    assert response.status_code == status
    assert "data-error=" in html
    assert 'class="button button--main"' in html
    assert response.headers["Cache-Control"] == "no-store"


def test_what_was_typed_is_handed_back_while_the_database_is_away(ask):
    data = {"topic": 'Equations "1"', "new_password1": "geheim", "code": "123456", "csrfmiddlewaretoken": "T"}
    response = errors.unavailable(ask("/lessons/1/", method="post", data=data))
    html = response.content.decode()
    assert response.headers["Retry-After"] == "5"
    assert 'name="topic" value="Equations &#34;1&#34;"' in html
    assert 'action="/lessons/1/"' in html
    assert 'name="csrfmiddlewaretoken" value="T"' in html
    assert "geheim" not in html
    assert "123456" not in html


def test_a_lost_database_is_not_called_a_fault_of_ours(ask):
    try:
        raise OperationalError("gone")
    except OperationalError:
        assert errors.failed(ask()).status_code == 503


def test_only_a_lost_database_is_answered_by_503(ask):
    middleware = AnswerWhenTheDatabaseIsAway(lambda request: None)
    away = middleware.process_exception(ask(), OperationalError("gone"))
    assert away is not None
    assert away.status_code == 503
    assert middleware.process_exception(ask(), IntegrityError("twice")) is None


def test_a_program_gets_the_fault_as_json(ask):
    response = errors.not_found(ask("/api/v1/x/"))
    assert json.loads(response.content)["error"] == "not_found"


def test_an_unreadable_wish_for_a_format_gets_a_page(ask):
    response = errors.not_found(ask("/x/", headers={"Accept": ";;;/\u0000"}))
    assert response.headers["Content-Type"].startswith("text/html")


def test_a_refusal_is_a_page_a_fragment_or_json(ask, family):
    refusal = LessonClosed(day="8 September")
    page = refused(ask(actor=family), refusal)
    part = refused(ask(headers={"HX-Request": "true"}), refusal)
    data = refused(ask(headers={"Accept": "application/json"}), refusal, status=409)
    assert (page.status_code, part.status_code, data.status_code) == (422, 422, 409)
    assert 'data-error="lesson_closed"' in page.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "The lesson of 8 September is closed." in part.content.decode()
    assert json.loads(data.content) == {
        "error": "lesson_closed",
        "message": "The lesson of 8 September is closed.",
    }


def test_a_refusal_that_a_view_let_through_is_answered(ask):
    middleware = AnswerRefusals(lambda request: None)
    response = middleware.process_exception(ask(), LessonClosed(day="today"))
    assert response is not None
    assert response.status_code == 422
    assert middleware.process_exception(ask(), ValueError("x")) is None
