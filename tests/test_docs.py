"""Documents that can fail: what the house has must stand in them, and what they point at must be there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "zvonok").rglob("README.md")]
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FUNCTIONS = {"text", "flag", "words"}


def settings_read() -> set[str]:
    tree = ast.parse((ROOT / "zvonok/config/settings.py").read_text())
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    return {
        call.args[0].value
        for call in calls
        if call.func.id in FUNCTIONS and call.args and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_points_at_is_there(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text()) if "://" not in target]
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert missing == []


def test_every_setting_is_explained() -> None:
    operating = (ROOT / "docs/operating.md").read_text()
    assert {name for name in settings_read() if f"`{name}`" not in operating} == set()


def test_every_domain_app_is_in_the_map() -> None:
    text = (ROOT / "docs/domain.md").read_text()
    apps = {path.parent.name for path in (ROOT / "zvonok/domain").glob("*/models.py")}
    assert {app for app in apps if f"domain/{app}/README.md" not in text} == set()


def test_every_decision_says_how_it_is_held() -> None:
    for page in (ROOT / "docs/adr").glob("*.md"):
        for part in ("Context.", "Decision.", "Rejected.", "Consequences.", "Proof."):
            assert part in page.read_text(), (page.name, part)


def test_every_test_that_a_decision_names_exists() -> None:
    tests = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
    for page in (ROOT / "docs/adr").glob("*.md"):
        proof = page.read_text().partition("Proof.")[2]
        for name in re.findall(r"\btest_\w+\b", proof.replace(".py", "")):
            exists = f"def {name}(" in tests or list((ROOT / "tests").rglob(f"{name}.py"))
            assert exists, (page.name, name)
