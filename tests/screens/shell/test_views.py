import pytest

from zvonok.screens.shell import views


def post(ask, view, **data):
    return view(ask("/language/", method="post", data=data))


def test_a_guest_sees_the_way_in(ask):
    html = views.front(ask()).content.decode()
    assert 'href="/sign-in/"' in html
    assert html.count("promise__title") == 3


def test_a_chosen_language_is_remembered_and_the_page_comes_back(ask):
    response = post(ask, views.language, language="en", next="/diaries/?a=1")
    assert response.status_code == 302
    assert response.headers["Location"] == "/diaries/?a=1"
    assert response.cookies["language"].value == "en"
    assert response.cookies["language"]["samesite"] == "Lax"


def test_an_unknown_language_is_refused(ask):
    assert post(ask, views.language, language="xx").status_code == 400


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_switch_never_leads_to_another_site(ask, elsewhere):
    assert post(ask, views.language, language="en", next=elsewhere).headers["Location"] == "/"


def test_theme_and_text_are_chosen_one_by_one(ask):
    response = post(ask, views.appearance, theme="dark", next="/")
    assert response.cookies["theme"].value == "dark"
    assert "text" not in response.cookies


def test_an_unknown_theme_is_refused(ask):
    assert post(ask, views.appearance, theme="neon").status_code == 400


def test_switches_take_no_get(ask):
    assert views.language(ask("/language/")).status_code == 405
    assert views.appearance(ask("/appearance/")).status_code == 405
