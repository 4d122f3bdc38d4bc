"""Rosters in OneRoster CSV, versions 1.0, 1.1 and 1.2."""

from zvonok.interop.oneroster.reading import read
from zvonok.interop.oneroster.rows import Bundle

__all__ = ["Bundle", "read"]
