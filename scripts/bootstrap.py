"""Make .venv and install the locked dependencies: `python3 scripts/bootstrap.py base|dev`.

Needs the standard library only, and does nothing when all is there. Our own package is not built
but pointed at, by a .pth file and a two-line script: so no build backend has to be downloaded.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
SCRIPT = '#!/bin/sh\nexec "$(dirname "$0")/python" -m zvonok "$@"\n'


def main(extent: str) -> None:
    """Install what `base` or `dev` wants; `dev` holds all of `base`."""
    if sys.version_info < (3, 11):  # noqa: UP036
        _try_a_newer_python(extent)
    if not (VENV / "bin" / "python").exists():
        _make_venv()
    stamp = VENV / ".installed"
    wanted = {name: _fingerprint(name) for name in ("base", "dev")}
    installed = stamp.read_text().split() if stamp.exists() else []
    if wanted[extent] in installed or wanted["dev"] in installed:
        return
    print("Installing the locked dependencies (once) …", flush=True)
    stamp.unlink(missing_ok=True)
    _pip("install", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", f"requirements/{extent}.txt")
    _point_at_checkout()
    stamp.write_text(wanted[extent] + "\n")


def _fingerprint(extent: str) -> str:
    lock = (CHECKOUT / "requirements" / f"{extent}.txt").read_bytes()
    return hashlib.sha256(lock + str(CHECKOUT).encode()).hexdigest()


def _try_a_newer_python(extent: str) -> None:
    for minor in (13, 12, 11):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, __file__, extent])
    sys.exit(
        f"Zvonok needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12"
    )


def _make_venv() -> None:
    package = f"python3.{sys.version_info.minor}-venv"
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: PLC0415
    except ImportError:
        sys.exit(f"Python's venv is missing. On Debian and Ubuntu: apt-get install {package}")
    print("Making .venv …", flush=True)
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"Python could not make .venv. On Debian and Ubuntu: apt-get install {package}")


def _pip(*words: str) -> None:
    done = subprocess.run([VENV / "bin" / "python", "-m", "pip", *words], cwd=CHECKOUT, check=False)
    if done.returncode:
        sys.exit("The dependencies could not be installed; pip's own words stand above.")


def _point_at_checkout() -> None:
    [packages] = VENV.glob("lib/python3*/site-packages")
    (packages / "zvonok.pth").write_text(f"{CHECKOUT}\n")
    script = VENV / "bin" / "zvonok"
    script.write_text(SCRIPT)
    script.chmod(0o755)


if __name__ == "__main__":
    main(sys.argv[1])
