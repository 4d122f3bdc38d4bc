from types import SimpleNamespace
from uuid import UUID

from django.template import engines

from zvonok.screens.shell.navigation import home_of, sections_for

CLASS = UUID(int=7)
PAGE = """
{% extends "shell/base.html" %}
{% block title %}Week{% endblock %}
{% block main %}<h1>Hello</h1>{% endblock %}
"""


def post(role, class_id=None, class_title=""):
    return SimpleNamespace(role=role, class_id=class_id, class_title=class_title)


def page(request):
    return " ".join(engines["jinja2"].from_string(PAGE).render({}, request).split())


def test_macros_are_made_once_for_all_pages_that_import_them():
    first, second = (engines["jinja2"].env.get_template("shell/components/badge.html") for _ in range(2))
    importing = engines["jinja2"].env.from_string("").new_context({"page": 1})
    assert first._get_default_module(importing) is second._get_default_module()


def test_a_page_can_be_walked_by_ear_and_keyboard(ask, family):
    html = page(ask("/diaries/", family))
    assert '<html lang="en" dir="ltr">' in html
    assert "<title>Week · Zvonok</title>" in html
    assert '<a class="bar__skip visually-hidden" href="#main">' in html
    assert '<main class="page " id="main" tabindex="-1">' in html
    assert '<a class="nav__link" href="/diaries/" aria-current="page">' in html
    assert 'role="status" aria-live="polite"' in html


def test_a_page_holds_no_inline_script_or_style(ask, family):
    html = page(ask("/diaries/", family))
    assert "style=" not in html
    assert "onclick" not in html
    assert "<script>" not in html


def test_who_is_signed_in_can_sign_out(ask, family):
    html = page(ask("/diaries/", family))
    assert "Мария Иванова" in html
    assert 'action="/sign-out/"' in html
    assert 'href="/sign-in/"' not in html


def test_a_guest_has_no_sections_and_a_way_in(ask):
    html = page(ask("/"))
    assert "nav__link" not in html
    assert 'href="/sign-in/"' in html


def test_the_chosen_look_stands_on_the_page_and_an_unknown_one_does_not(ask, family):
    request = ask("/diaries/", family)
    request.COOKIES |= {"theme": "dark", "text": "large"}
    assert '<html lang="en" dir="ltr" data-theme="dark" data-text="large">' in page(request)
    request.COOKIES |= {"theme": '"><script>', "text": "huge"}
    assert '<html lang="en" dir="ltr">' in page(request)


def test_what_was_done_is_told_once_on_the_next_page(ask, family):
    request = ask("/diaries/", family)
    request._messages.add(20, "Mark saved")
    assert "<p>Mark saved</p>" in page(request)


def test_sections_follow_what_a_person_is():
    everything = SimpleNamespace(
        name="A B",
        is_family=True,
        roles=(
            post("TEACHER"),
            post("CLASS_TEACHER", CLASS, "7Б"),
            post("SCHOOL_ADMIN"),
            post("DEPUTY_HEAD"),
        ),
    )
    urls = [item.url for item in sections_for(everything, "/office/day/2026-09-08/")]
    own = ["/diaries/", "/notices/", "/journal/", f"/class/{CLASS}/"]
    office = ["/office/", "/office/day/", "/office/marking/", "/office/periods/", "/office/deputy/plans/"]
    assert urls == [*own, *office, "/class/", "/office/deputy/control/"]


def test_one_section_is_current_the_nearest_one():
    deputy = SimpleNamespace(name="A B", is_family=False, roles=(post("SCHOOL_ADMIN"),))
    current = [item.url for item in sections_for(deputy, "/office/day/2026-09-08/") if item.current]
    assert current == ["/office/day/"]


def test_home_is_where_the_day_begins(family):
    assert home_of(family) == "/diaries/"
    assert home_of(SimpleNamespace(is_family=False, roles=(post("TEACHER"),))) == "/journal/"
    assert home_of(SimpleNamespace(is_family=False, roles=())) == "/diaries/"
