"""What may have happened to the ways into the diary."""

from dataclasses import dataclass
from datetime import date

from zvonok.domain.history.facts import Happening


@dataclass(frozen=True, kw_only=True)
class CredentialsIssued(Happening):
    """A login and a temporary password were printed for an account."""

    until: date
    had_entered: bool
