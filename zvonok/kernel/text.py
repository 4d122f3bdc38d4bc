"""Text that people type: how it sorts, and what may not hide in it."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_KEPT = {"\n", "\t", "\u200c", "\u200d"}


def sort_key(*parts: str) -> str:
    """Make the key by which names sort: without case, ё as е, parts in the order given."""
    folded = " ".join(part.strip() for part in parts if part).casefold()
    return folded.replace("ё", "е")


def has_hidden_characters(text: str) -> bool:
    """Say whether control, bidirectional or private characters hide in `text`."""
    return any(unicodedata.category(char) in _HIDDEN and char not in _KEPT for char in text)


def plain_text(text: str) -> None:
    """Validate that `text` holds only characters that a reader can see.

    Raises: ValidationError.
    """
    if has_hidden_characters(text):
        raise ValidationError(_("This text holds invisible control characters."), code="hidden_characters")


def tidy(text: str) -> str:
    """Normalise `text` to NFC and fold runs of blanks within it to one."""
    return " ".join(unicodedata.normalize("NFC", text).split())
