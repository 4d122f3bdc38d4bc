"""What the import contract cannot see: sizes, layers of tables, writers, tests that say nothing."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections, models

CODE = Path(__file__).parents[1] / "zvonok"
FILES = sorted(path for path in CODE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
# Bottom to top, as `.importlinter` has it; apps of one set do not know each other.
ORDER = [
    {"history"},
    {"files"},
    {"people"},
    {"schools"},
    {"access"},
    {"timetable"},
    {"planning"},
    {"marks", "attendance", "homework", "remarks"},
    {"submissions"},
    {"attestation"},
    {"control"},
    {"notices"},
]
HEIGHT = {app: height for height, floor in enumerate(ORDER) for app in floor}
OURS = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CODE)))
def test_a_file_and_its_functions_stay_small(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert not long


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_table_refers_to_lower_apps_only(model: type[models.Model]) -> None:
    own = model._meta.app_label
    for relation in (field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)):
        other = relation.related_model._meta.app_label
        assert other == own or HEIGHT[other] < HEIGHT[own], relation


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_rows_of_a_school_lead_with_it(model: type[models.Model]) -> None:
    if not any(field.attname == "school_id" for field in model._meta.concrete_fields):
        return
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert constraint.fields[0] in ("school", "school_id"), constraint.name
        if type(constraint).__name__ == "ExclusionConstraint":
            assert constraint.expressions[0][0] == "school", constraint.name  # type: ignore[attr-defined]
    for index in model._meta.indexes:
        assert index.fields[0] in ("school", "school_id"), index.name


@pytest.mark.django_db
def test_every_table_of_a_school_is_behind_the_second_wall() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id'
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (
                c.relrowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
            )
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_web_role_owns_nothing_and_bypasses_nothing() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_only_commands_write() -> None:
    """Rows of the domain are written in `commands`, nowhere else."""
    names = {model.__name__ for model in OURS}
    writers = []
    for path in FILES:
        if "commands" in path.parts or path.name.endswith("commands.py") or path.parts[-2] == "config":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                source = ast.unparse(node.func)
                if source.split(".")[0] in names:
                    writers.append(f"{path.relative_to(CODE)}: {source}")
    assert writers == []


def test_a_selector_says_how_often_it_asks() -> None:
    silent = []
    for path in CODE.glob("domain/*/selectors.py"):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            text = ast.unparse(node)
            if ("cursor" in text or ".objects" in text or "_lines(" in text) and not re.search(
                r"quer(y|ies)|statement|Load a school", ast.get_docstring(node) or ""
            ):
                silent.append(f"{path.parent.name}.{node.name}")
    assert silent == []


def test_every_domain_app_has_its_readme() -> None:
    for app in HEIGHT:
        readme = CODE / "domain" / app / "README.md"
        assert readme.exists(), app
        assert len(readme.read_text().splitlines()) <= 40, app


def test_every_test_can_fail() -> None:
    checks = ("assert", "raises", "expect", "check", "verify")
    empty = []
    for path in Path(__file__).parent.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test")
            if is_test and not any(word in ast.unparse(node).lower() for word in checks):
                empty.append(f"{path.name}: {node.name}")  # type: ignore[attr-defined]
    assert empty == []
