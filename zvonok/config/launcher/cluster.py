"""A cluster: one PostgreSQL with our database and our two roles, in one data folder."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from zvonok.config.launcher import binaries, furnish
from zvonok.config.launcher.place import NoDatabase, Servant, base_for, servant_for, socket_folder

PATIENCE_SECONDS = 30
RECOVERY_SECONDS = 300
CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
fsync = on
full_page_writes = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
jit = off
"""


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL of our own; `base` holds its files, `notes` says what a person may want to know."""

    home: Path
    base: Path
    sockets: Path
    servant: Servant
    programs: binaries.Binaries
    passwords: dict[str, str] = field(repr=False)

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """The file where PostgreSQL writes what happened to it."""
        return self.base / "server.log"

    @property
    def notes(self) -> str:
        """Say in one line which PostgreSQL runs, and where its data lie."""
        return f"PostgreSQL {self.programs.major} ({self.programs.source}), data in {self.data}"

    def url(self, role: str, database: str = furnish.DATABASE) -> str:
        """Give the address of a database for a role: zvonok_web, zvonok_owner or zvonok_admin."""
        socket = quote(str(self.sockets), safe="")
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?host={socket}"

    def answers(self) -> bool:
        """Say whether the database takes connections."""
        try:
            psycopg.connect(self.url(furnish.ADMIN, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop the database, cutting off whoever is still connected; nothing committed is lost."""
        for mode in ("fast", "immediate"):
            if not (self.data / "postmaster.pid").exists():
                return
            self._control("stop", "-m", mode, "-t", "30")

    def _control(self, *words: str) -> int:
        command = [str(self.programs / "pg_ctl"), *words, "-w", "-s", "-D", str(self.data)]
        if words[0] == "start":
            command += ["-l", str(self.log)]
        return self.servant.run(*command, capture_output=True).returncode


def start(home: Path) -> Cluster:
    """Start the database of a data folder, creating it the first time; harmless when it runs already.

    Raises: NoDatabase.
    """
    with _alone(home):
        cluster = _found(home)
        if not cluster.data.exists():
            _create(cluster)
        if not cluster.answers():
            _configure(cluster)
            _launch(cluster)
        furnish.furnish(cluster.url, cluster.passwords)
    return cluster


def running(home: Path) -> bool:
    """Say whether the database of a data folder takes connections."""
    if not (home / "postgres.json").exists():
        return False
    cluster = _found(home.absolute())
    return cluster.data.exists() and cluster.answers()


@contextmanager
def borrowed(home: Path) -> Iterator[Cluster]:
    """Use the database for a while; who leaves last stops it.

    Raises: NoDatabase.
    """
    with _locked(home / "postgres.users", fcntl.LOCK_SH) as users:
        cluster = start(home)
        try:
            yield cluster
        finally:
            with _alone(home):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    cluster.stop()
                except BlockingIOError:
                    pass


def discard(home: Path) -> None:
    """Stop the database of a data folder and remove it with all it holds."""
    if (home / "postgres.json").exists():
        with _alone(home):
            cluster = _found(home)
            cluster.stop()
            shutil.rmtree(cluster.base)
            (home / "postgres.json").unlink()


def _alone(home: Path) -> AbstractContextManager[IO[str]]:
    """Keep other processes from starting or stopping the database meanwhile."""
    return _locked(home / "postgres.lock", fcntl.LOCK_EX)


@contextmanager
def _locked(file: Path, how: int) -> Iterator[IO[str]]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = file.open("w")
    except OSError as error:
        raise NoDatabase(f"The data folder {file.parent} cannot be written: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, how)
        yield lock


def _found(home: Path) -> Cluster:
    home = home.resolve()
    servant = servant_for(home)
    base = base_for(home, servant)
    version = base / "data" / "PG_VERSION"
    major = int(version.read_text()) if version.exists() else None
    programs = binaries.find(servant, major=major)
    passwords = _passwords(home / "postgres.json", is_new=major is None)
    return Cluster(home, base, socket_folder(base, servant), servant, programs, passwords)


def _passwords(file: Path, *, is_new: bool) -> dict[str, str]:
    if file.exists():
        return dict(json.loads(file.read_text()))
    if not is_new:
        raise NoDatabase(f"{file} is missing, and with it the passwords of the database beside it.")
    passwords = {role: secrets.token_urlsafe(24) for role in furnish.ROLES}
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(passwords, stream)
    draft.rename(file)
    return passwords


def _create(cluster: Cluster) -> None:
    """Create the data directory beside its place and move it there whole."""
    draft = cluster.base / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    secret = cluster.base / "admin"
    secret.write_text(cluster.passwords[furnish.ADMIN])
    secret.chmod(0o600)
    os.chown(secret, cluster.servant.uid, -1)
    options = ["--locale=C", "--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums"]
    if cluster.programs.major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    names = ["-D", str(draft), "-U", furnish.ADMIN, "--pwfile", str(secret)]
    made = cluster.servant.run(cluster.programs / "initdb", *names, *options, capture_output=True)
    secret.unlink()
    if made.returncode:
        raise NoDatabase(f"PostgreSQL could not create its data folder: {_reason(made.stderr)}")
    with (draft / "postgresql.conf").open("a") as stream:
        stream.write("include 'zvonok.conf'\n")
    draft.rename(cluster.data)


def _configure(cluster: Cluster) -> None:
    file = cluster.data / "zvonok.conf"
    file.write_text(CONFIGURATION.format(sockets=str(cluster.sockets).replace("'", "''")))
    os.chown(file, cluster.servant.uid, -1)


def _launch(cluster: Cluster) -> None:
    """Start the server; after a crash the remains of the old one may stand in the way for a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while cluster._control("start", "-t", str(RECOVERY_SECONDS)):
        if cluster.answers():
            return
        _forget_a_stranger(cluster)
        if time.monotonic() > deadline:
            told = cluster.log.read_text(errors="replace") if cluster.log.exists() else ""
            raise NoDatabase(f"PostgreSQL did not start: {_reason(told)} (more in {cluster.log})")
        time.sleep(0.3)


def _forget_a_stranger(cluster: Cluster) -> None:
    """Remove postmaster.pid when its number belongs to another program by now, or to a zombie.

    PostgreSQL sees by itself that a process is gone, but takes any living one for its own.
    """
    file = cluster.data / "postmaster.pid"
    try:
        process = Path("/proc") / file.read_text().split("\n", 1)[0]
        is_ours = (process / "cwd").readlink() == cluster.data
    except FileNotFoundError:
        is_ours = not Path("/proc/self").exists()
    except (PermissionError, NotADirectoryError):
        is_ours = True
    if not is_ours:
        file.unlink(missing_ok=True)


def _reason(text: str) -> str:
    """Pick the line that says what went wrong: the first of PostgreSQL's last complaints."""
    lines = text.strip().splitlines()[-20:] or ["it said nothing."]
    return next((line for line in lines if "FATAL" in line or "error:" in line), lines[-1])
