"""The program from the outside: its words, its exit codes, its demo."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connections

from zvonok.config import launcher
from zvonok.config.cli import check, demo, imports, main
from zvonok.config.cli.children import Children, Stopped, stopping_signals

both_roles = pytest.mark.django_db(databases=["default", "owner"])


def run(*words: str) -> Any:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["serve", "--port", "70000"],
        ["import", "oneroster"],
        ["import", "fet", "/no/such/file"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_help_names_every_command() -> None:
    answer = run("--help")

    assert answer.exit_code == 0
    for command in ("serve", "worker", "migrate", "demo", "check", "import"):
        assert f"\n  {command} " in answer.output


def test_a_database_that_cannot_be_had_ends_with_1_and_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    words = [sys.executable, "-m", "zvonok", "migrate"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}

    done = subprocess.run(
        words, check=False, env=bare | {"ZVONOK_HOME": str(blocked)}, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_migrate_tells_an_unreachable_database_in_a_line(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "zvonok", "migrate"]
    nowhere = {"DATABASE_URL": f"postgresql://someone@/zvonok?host={tmp_path}", "DATABASE_OWNER_URL": ""}

    done = subprocess.run(words, check=False, env=os.environ | nowhere, capture_output=True, text=True)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Error: " in done.stderr


@pytest.fixture
def well(settings: Any, clamav: None) -> Any:
    """An installation without a fault."""
    settings.SECRET_KEY = "a" * 50
    settings.DEBUG = False
    settings.SESSION_COOKIE_SECURE = True
    return settings


@both_roles
def test_an_installation_without_faults_is_well(well: Any) -> None:
    answer = run("check")

    assert (answer.exit_code, answer.output) == (0, "All is well.\n")


@both_roles
@pytest.mark.parametrize("address", ["", "127.0.0.1:1"])
def test_an_absent_scanner_is_told_but_keeps_nobody_from_serving(well: Any, address: str) -> None:
    well.CLAMD_ADDRESS, well.DEMO = address, False

    answer = run("check")

    assert (answer.exit_code, answer.output.split()[0].strip(":")) == (1, "CLAMD_ADDRESS")
    assert list(check.faults()) == []


@both_roles
def test_each_fault_of_the_settings_has_its_line(well: Any) -> None:
    well.SECRET_KEY = "demo-secret-not-for-production"
    well.DEBUG = True
    well.DEMO = False

    answer = run("check")

    assert answer.exit_code == 1
    assert [line.split()[0] for line in answer.output.splitlines()] == ["SECRET_KEY", "DEBUG"]


@pytest.mark.parametrize("hosts", [["diary.example.org"], ["*"], ["localhost", "10.0.0.4"]])
def test_cookies_that_travel_in_the_open_are_a_fault(well: Any, hosts: list[str]) -> None:
    well.DEMO = well.SESSION_COOKIE_SECURE = False
    well.ALLOWED_HOSTS = hosts
    assert "SECURE_COOKIES" in "".join(check._settings())

    well.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert list(check._settings()) == []


def test_a_short_secret_is_a_fault(well: Any) -> None:
    well.DEMO = False
    well.SECRET_KEY = "a" * 49
    assert "SECRET_KEY" in "".join(check._settings())


@both_roles
def test_the_demo_may_have_its_secret(well: Any) -> None:
    well.SECRET_KEY = "demo-secret-not-for-production"
    well.DEMO = True

    assert run("check").exit_code == 0


def test_an_unknown_time_zone_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    known = SimpleNamespace(DEMO=True, DEBUG=False, SECRET_KEY="", TIME_ZONE="Europe/Atlantis")
    monkeypatch.setattr("django.conf.settings", known)

    assert "Europe/Atlantis" in "".join(check._settings())


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_database_that_may_lose_what_was_saved_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def ask(question: str) -> list[tuple[str]]:
        return [("180006",)] if "version" in question else [("off" if name in question else "on",)]

    monkeypatch.setattr(check, "_ask", ask)

    assert [fault for fault in check._server() if f"{name} = off" in fault]


@both_roles
def test_a_web_role_that_owns_tables_is_a_fault(well: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_owner(question: str) -> list[tuple[str, ...]]:
        return check._ask_on("owner", question)

    monkeypatch.setattr(check, "_ask", as_owner)

    assert "owns" in "".join(check._roles())


def test_a_web_role_above_row_level_security_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        check, "_ask", lambda question: [("postgres", True)] if "rolsuper" in question else [("0",)]
    )

    assert "row level security" in "".join(check._roles())


@both_roles
def test_waiting_migrations_are_a_fault(well: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "unapplied", lambda: ["marks.0009_weights"])

    answer = run("check")

    assert answer.exit_code == 1
    assert "marks.0009_weights" in answer.output


@both_roles
def test_a_database_that_is_away_is_a_fault(well: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away() -> None:
        raise OperationalError("connection refused\nis it running?")

    monkeypatch.setattr(connections["owner"], "ensure_connection", away)

    answer = run("check")

    assert answer.exit_code == 1
    assert answer.output == "DATABASE_OWNER_URL: the database cannot be reached: connection refused\n"


@pytest.fixture
def importer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """An importer that notes what it was asked, and answers as it is told."""

    def answering(*, refused: bool) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def import_path(path: Path, **words: Any) -> Any:
            words.pop("progress")(1, 2)
            calls.append({"path": path, **words})
            return SimpleNamespace(refused=refused, render=lambda console: console.print("told"))

        module = SimpleNamespace(import_path=import_path)
        monkeypatch.setattr(imports.importlib, "import_module", lambda name: module)
        return calls

    return answering


def test_an_import_passes_its_options_on(importer: Any, tmp_path: Path) -> None:
    calls = importer(refused=False)

    answer = run("import", "fet", str(tmp_path), "--school", "9534", "--dry-run")

    assert answer.exit_code == 0
    assert calls == [{"path": tmp_path, "school": "9534", "dry_run": True}]


def test_a_refused_import_ends_with_1_and_tells_why_on_stderr(importer: Any, tmp_path: Path) -> None:
    importer(refused=True)

    answer = run("import", "calendar", str(tmp_path))

    assert answer.exit_code == 1
    assert "told" in answer.stderr
    assert "told" not in answer.stdout


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder for a command that looks no further than its files."""
    monkeypatch.setenv("ZVONOK_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(os, "environ", os.environ.copy())
    return tmp_path


def test_a_port_that_is_taken_is_refused_before_anything_starts(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = run("demo", "--port", str(port))

    assert answer.exit_code == 1
    assert f"make demo PORT={port + 1}" in answer.output
    assert list(home.iterdir()) == []


def test_a_reset_does_not_throw_real_data_away(home: Path) -> None:
    (home / "postgres.json").write_text("{}")

    answer = run("demo", "--reset", "--port", "18999")

    assert answer.exit_code == 1
    assert "not the demo's" in answer.output
    assert (home / "postgres.json").exists()


def test_a_loading_that_was_cut_short_is_known(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), demo._known_when_cut_short(tmp_path):
        raise KeyboardInterrupt
    assert demo._was_cut_short(tmp_path)


def test_a_finished_loading_leaves_no_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zvonok.config.cli.run.learn_what_is_there", lambda: None)
    with demo._known_when_cut_short(tmp_path):
        pass

    assert not demo._was_cut_short(tmp_path)


def test_the_demo_tells_a_sign_in_for_each_role(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account = {"role": "parent", "login": "kotova", "password": "secret", "name": "Котова", "url": "/"}
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "accounts.json").write_text(json.dumps([account]))

    demo._show(tmp_path, 8001)

    told = capsys.readouterr().out
    for word in ("parent", "kotova", "secret", "Котова", "http://127.0.0.1:8001"):
        assert word in told


def test_a_signal_ends_the_work_once() -> None:
    def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    with stopping_signals(), pytest.raises(Stopped):
        work()

    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_child_that_ends_by_itself_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with Children() as children:
        children.start("no-such-command")
        with pytest.raises(Exception, match="ended with code 2"):
            children.watch(lambda: None)


def test_a_child_that_can_be_spared_ends_alone(home: Path) -> None:
    with Children() as children:
        children.start_beside("no-such-command")
        [child] = children._running.values()
        assert child.wait(timeout=20) == 2
        children._refuse_dead()


def test_children_do_not_outlive_their_parent(home: Path) -> None:
    with Children() as children:
        children.start("--help")
        [child] = children._running.values()

    assert child.returncode is not None


def test_the_data_folder_is_named_by_the_environment(home: Path) -> None:
    assert launcher.default_home() == home


def test_static_files_are_gathered_once_and_again_after_a_change(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zvonok.config.cli import static

    settings.STATIC_ROOT = tmp_path
    gathered: list[str] = []
    monkeypatch.setattr(static, "call_command", lambda name, **options: gathered.append(name))
    static.gather()
    static.gather()
    assert gathered == ["collectstatic"]

    monkeypatch.setattr(static, "_state", lambda: "changed")
    static.gather()

    assert gathered == ["collectstatic", "collectstatic"]
