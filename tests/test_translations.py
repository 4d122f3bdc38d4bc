"""Both languages are whole: every text of the interface has its Russian, with the same placeholders."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
RUSSIAN = ROOT / "zvonok/locale/ru/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
KEYWORDS = ("gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2")
COUNTED = {"num", "count", "n", "number"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[polib.POEntry]:
    """Every text that code and templates ask for."""
    file = tmp_path_factory.mktemp("texts") / "django.pot"
    keywords = [argument for keyword in KEYWORDS for argument in ("--keywords", keyword)]
    babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    wanted = ["--mapping", "scripts/messages.cfg", *keywords, "--output-file", str(file), "zvonok"]
    subprocess.run([*babel, *wanted], cwd=ROOT, check=True)
    return [entry for entry in polib.pofile(str(file)) if entry.msgid]


def known() -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(RUSSIAN))}


def test_every_text_has_its_russian(texts: list[polib.POEntry]) -> None:
    russian = known()
    missing = [
        text.msgid
        for text in texts
        if (text.msgctxt, text.msgid) not in russian or not russian[text.msgctxt, text.msgid].translated()
    ]
    assert missing == []


def test_no_russian_is_left_over_or_doubtful(texts: list[polib.POEntry]) -> None:
    used = {(text.msgctxt, text.msgid) for text in texts}
    assert [entry.msgid for key, entry in known().items() if key not in used or entry.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    for entry in known().values():
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
        for text in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            found = set(PLACEHOLDER.findall(text))
            may_lack = (
                {name for name in wanted if name.strip("%()sd") in COUNTED} if entry.msgid_plural else set()
            )
            assert wanted - may_lack <= found <= wanted, entry.msgid


def test_russian_has_three_forms_of_the_plural() -> None:
    for entry in known().values():
        if entry.msgid_plural:
            assert set(entry.msgstr_plural) == {0, 1, 2}, entry.msgid
