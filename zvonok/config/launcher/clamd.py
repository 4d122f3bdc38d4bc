"""A virus scanner of our own for tests and the demo: clamd that knows the harmless test virus and nothing else.

A school in earnest runs ClamAV as its system does, with a database that is kept up to date (docs/operating.md).
"""

import shutil
import socket
from pathlib import Path

HOST = "127.0.0.1"
# The first bytes of the EICAR test file, as a signature for content of any type, anywhere in it.
_SIGNATURE = "Eicar-Test-Signature:0:*:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d\n"
_SETTINGS = """\
Foreground yes
LogSyslog no
DatabaseDirectory {folder}
TCPAddr {host}
TCPSocket {port}
StreamMaxLength {megabytes}M
MaxScanSize 200M
AlertExceedsMax yes
MaxFileSize {megabytes}M
"""


def program() -> str | None:
    """Find clamd on this machine."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def furnish(folder: Path, *, port: int, megabytes: int = 64) -> list[str]:
    """Write settings and signatures into a folder, and give the words that start clamd on a port."""
    found = program()
    if found is None:
        raise FileNotFoundError("clamd")
    signatures = folder / "signatures"
    signatures.mkdir(parents=True, exist_ok=True)
    (signatures / "test.ndb").write_text(_SIGNATURE)
    settings = folder / "clamd.conf"
    settings.write_text(
        _SETTINGS.format(folder=signatures, host=HOST, port=port, megabytes=megabytes), encoding="utf-8"
    )
    return [found, "--config-file", str(settings)]
