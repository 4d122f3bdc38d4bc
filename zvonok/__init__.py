"""Zvonok: an open electronic school diary, class journal and family portal."""
