import json
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from zvonok.screens.shell import static_files
from zvonok.screens.shell.static_files import LAYERS, PARTS, SheetFinder, style_sheet

COMPONENTS = sorted((PARTS / "components").glob("*.css"))
MODULES = sorted((PARTS.parent / "static" / "shell").glob("*.js"))
HTMX = "django_htmx/htmx-2.min.js"
STYLES_AND_SCRIPTS = 40_000


def test_the_sheet_begins_with_the_order_of_layers():
    assert style_sheet().startswith(LAYERS)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_in_the_sheet_and_in_its_layer(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "@layer components {" in text
    assert text.count("\n") <= 120
    selector = re.search(r"^  (\.[a-z-]+)", text, re.MULTILINE)
    assert selector is not None
    assert selector.group(1) in style_sheet()


def test_the_sheet_has_no_ids_and_nothing_is_important():
    text = re.sub(r"#[0-9a-f]{3,8}\b", "", style_sheet())
    assert "!important" not in text
    assert not re.search(r"#[a-z][\w-]*[^;]*\{", text)


def test_every_class_of_a_component_template_has_a_rule():
    templates = PARTS.parent / "templates"
    used = {
        name
        for path in templates.rglob("*.html")
        for group in re.findall(r'class="([^"{]+)', path.read_text(encoding="utf-8"))
        for name in group.split()
        if not name.endswith(("--", "__"))
    }
    missing = {name for name in used if not re.search(rf"\.{re.escape(name)}\b", style_sheet())}
    assert missing == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_short_and_holds_to_our_policy(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 100
    assert "innerHTML" not in text
    assert "eval(" not in text


def test_the_finder_knows_the_sheet_and_nothing_else():
    finder = SheetFinder()
    assert Path(finder.find(static_files.SHEET)).read_text(encoding="utf-8") == style_sheet()
    assert finder.find("shell/other.css") == []
    assert [name for name, _ in finder.list([])] == [static_files.SHEET]


def test_styles_and_scripts_leave_room_in_the_first_load():
    htmx = Path(finders.find(HTMX)).read_bytes()
    files = [style_sheet().encode(), htmx, *(path.read_bytes() for path in MODULES)]
    assert sum(len(brotli.compress(file)) for file in files) < STYLES_AND_SCRIPTS


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TOKENS = dict(
    (name, (light, dark))
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (PARTS / "tokens.css").read_text(encoding="utf-8")
    )
)
TONES = ("good", "fair", "weak", "poor")
PAIRS = [
    *((ink, paper) for ink in ("ink", "ink-2") for paper in ("paper", "sheet", "sheet-2", "brand-soft")),
    *((tone, paper) for tone in TONES for paper in (f"{tone}-soft", "sheet", "sheet-2")),
    *(("brand", paper) for paper in ("sheet", "paper", "brand-soft")),
    *(("brand-ink", paper) for paper in ("brand", "brand-deep")),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_stands_out_from_its_paper(ink, paper, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[paper][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_outline_of_a_field_stands_out(theme):
    assert contrast(TOKENS["edge"][theme], TOKENS["sheet"][theme]) >= 3


def test_every_file_is_named_by_its_content_and_so_are_the_modules_it_imports(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "zvonok.screens.shell.static_files.ModuleManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    named = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    grid = (tmp_path / named["journal/journal-grid.js"]).read_text()
    imported = re.findall(r'^import .*"\./(.+)";$', grid, re.MULTILINE)
    assert imported
    assert {f"journal/{name}" for name in imported} <= set(named.values())
