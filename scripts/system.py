"""See to the programs that tests need and pip cannot bring: a browser, fonts that know Cyrillic, a virus scanner."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Install what is missing on Debian as root; elsewhere name it and fail."""
    packages = list(missing())
    if not packages:
        return
    command = f"apt-get install {' '.join(packages)}"
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        sys.exit(f"Missing for the tests: {', '.join(packages)}. On Debian: {command}")
    print(f"Installing {', '.join(packages)} …", flush=True)
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", *words], env=environment, check=False, stdout=subprocess.DEVNULL)
    if still := list(missing()):
        sys.exit(f"Missing for the tests, and apt-get did not bring it: {', '.join(still)}")


def missing() -> Iterator[str]:
    """Name the Debian packages that are wanted and not there."""
    if not (shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")):
        yield "clamav-daemon"
    if not any(map(shutil.which, BROWSERS)):
        yield "chromium"
    if not shutil.which("pdftotext"):
        yield "poppler-utils"
    if not shutil.which("fc-list"):
        yield "fontconfig"
    elif _has_cyrillic():
        return
    yield "fonts-dejavu-core"


def _has_cyrillic() -> bool:
    told = subprocess.run(["fc-list", ":lang=ru"], capture_output=True, check=False)
    return bool(told.stdout.strip())


if __name__ == "__main__":
    main()
