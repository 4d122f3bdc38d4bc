"""Where a person's day begins."""

from datetime import date

from zvonok.domain.access.actor import Actor
from zvonok.domain.access.selectors import open_diaries_of
from zvonok.screens.shell.navigation import home_of

DIARIES = "/diaries/"


def own_home(actor: Actor, *, day: date) -> str:
    """Find the page to begin with: the only diary itself, else the first section; one query for families."""
    home = home_of(actor)
    if home != DIARIES or actor.account_id is None:
        return home
    diaries = open_diaries_of(account_id=actor.account_id, day=day)
    return f"/diary/{diaries[0].link_id}/" if len(diaries) == 1 else home
