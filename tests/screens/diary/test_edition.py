"""The names of a page's states."""

import os
import subprocess
import sys

NAME = """
import django; django.setup()
from uuid import UUID
from zvonok.domain.access.grant import Basis, Grant
from zvonok.screens.diary.edition import edition, fingerprint
print(fingerprint((Grant(UUID(int=1), Basis.OWN), edition())))
"""


def test_every_process_gives_the_same_state_of_a_page_the_same_name() -> None:
    names = {
        subprocess.run(
            [sys.executable, "-c", NAME],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(names) == 1
    assert names != {""}
