"""What changes in who may see what: diaries, their revisions, and the credentials a school hands out."""

from zvonok.domain.access.commands.credentials import issue_credentials, issue_staff_credentials
from zvonok.domain.access.commands.diaries import (
    look_at_diary,
    open_diaries,
    raise_all_revisions,
    raise_revisions,
)
from zvonok.domain.access.commands.trust import confirm_trust, name_trusted_person

__all__ = [
    "confirm_trust",
    "issue_credentials",
    "issue_staff_credentials",
    "look_at_diary",
    "name_trusted_person",
    "open_diaries",
    "raise_all_revisions",
    "raise_revisions",
]
