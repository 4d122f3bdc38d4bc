"""Who runs the database, and where its files lie."""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[3]
# The kernel's limit is 107 characters with the name of the socket, less on other systems.
LONGEST_SOCKET_FOLDER = 80


class NoDatabase(RuntimeError):
    """The embedded database cannot be had; the message says why in one line."""


def default_home() -> Path:
    """Name the data folder: `ZVONOK_HOME`, or `var/` in a checkout."""
    return Path(os.environ.get("ZVONOK_HOME") or CHECKOUT / "var").absolute()


@dataclass(frozen=True)
class Servant:
    """The account PostgreSQL runs under: ourselves, or somebody without rights when we are root."""

    uid: int
    gid: int

    def run(self, *command: str | Path, **options: Any) -> "subprocess.CompletedProcess[str]":
        """Run a program as the servant, in a bare environment.

        Raises: PermissionError when the servant may not reach the program.
        """
        if os.geteuid() != self.uid:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(
            [str(word) for word in command],
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            **options,
        )

    def reaches(self, folder: Path) -> bool:
        """Say whether the servant may enter a folder."""
        return self.run("/bin/sh", "-c", 'test -x "$0"', folder).returncode == 0

    def own(self, folder: Path) -> Path:
        """Make a folder that is open to the servant alone.

        Raises: NoDatabase when it is there and belongs to somebody else.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != self.uid:
            raise NoDatabase(f"{folder} belongs to another user. Remove it or set ZVONOK_HOME.")
        folder.chmod(0o700)
        return folder


def servant_for(home: Path) -> Servant:
    """Choose the account for a data folder: its database's owner where there is one already."""
    if os.geteuid() != 0:
        return Servant(os.geteuid(), os.getegid())
    for data in (home / "postgres", outside(home)):
        if data.is_dir() and (owner := data.stat()).st_uid != 0:
            return Servant(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Servant(entry.pw_uid, entry.pw_gid)
    raise NoDatabase("PostgreSQL refuses to run as root, and there is no account “nobody” to run it as.")


def outside(home: Path) -> Path:
    """Name the folder for the files of a home that the servant cannot enter."""
    return Path("/var/lib/zvonok") / f"{home.parent.name}-{_mark_of(home)}"


def base_for(home: Path, servant: Servant) -> Path:
    """Find or make the folder where the database of a home lives."""
    if not (home / "postgres").exists() and outside(home).exists():
        return servant.own(outside(home))
    if servant.reaches(home):
        return servant.own(home / "postgres")
    outside(home).parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    return servant.own(outside(home))


def socket_folder(base: Path, servant: Servant) -> Path:
    """Make the private folder of the database's socket; its path is short enough for the kernel.

    Not in TMPDIR: every process must find the same.
    """
    folder = base / "run"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        folder = Path("/tmp") / f"zvonok-{servant.uid}-{_mark_of(base)}"
    return servant.own(folder)


def _mark_of(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
