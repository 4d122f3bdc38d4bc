"""The office is visited as the journal is: signed in by first name, in English."""

from tests.screens.journal.conftest import _english, enter

__all__ = ["_english", "enter"]
