import pytest
from django.http import HttpResponse
from django.utils import translation

from zvonok.screens.shell.language import ChooseLanguage, language_of


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
