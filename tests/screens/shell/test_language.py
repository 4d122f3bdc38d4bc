import pytest
from django.http import HttpResponse
from django.utils import translation

from zvonok.screens.shell.language import ChooseLanguage, language_of, spoken


@pytest.mark.parametrize(
    ("cookie", "wish", "language"),
    [
        ("en", "ru", "en"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de,en;q=0.5", "en"),
        ("", "de", "ru"),
        ("xx", "", "ru"),
        ("", "\u0000;;q=,,", "ru"),
        ("", "en," * 5000, "en"),
    ],
)
def test_the_choice_comes_before_the_wish_of_the_browser(ask, cookie, wish, language):
    request = ask(headers={"Accept-Language": wish})
    request.COOKIES["language"] = cookie
    assert language_of(request) == language


def test_a_page_is_spoken_in_one_language_and_says_which(ask):
    request = ask()
    request.COOKIES["language"] = "ru"
    response = ChooseLanguage(lambda request: HttpResponse(translation.get_language()))(request)
    assert response.content == b"ru"
    assert response.headers["Content-Language"] == "ru"
    assert translation.get_language() == "en"


def test_texts_follow_the_language_of_the_page_and_of_django_outside_of_one(ask):
    request = ask()
    request.COOKIES["language"] = "ru"
    assert ChooseLanguage(lambda request: HttpResponse(spoken()))(request).content == b"ru"
    assert spoken() == "en"
    with translation.override("ru"):
        assert spoken() == "ru"
