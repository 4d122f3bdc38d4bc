"""Sessions in our own table: what Django keeps, and whose it is."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from zvonok.domain.people.models import Session

SHARED = "shared_computer"
SHARED_IDLE_SECONDS = 30 * 60


class SessionStore(DatabaseStore):
    """Keep sessions in `people_session`, with their account beside them.

    On a shared computer a session ends with the browser, and half an hour after it was last used.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Name the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Make the row of a session; an account that signed in stands in its own column."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.account_id = data.get(SESSION_KEY)
        return row

    def get_session_cookie_age(self) -> int:
        """Tell how many seconds an unused session lasts."""
        return SHARED_IDLE_SECONDS if self.get(SHARED) else super().get_session_cookie_age()
