"""The lesson plan of a study group: its page, its files, and what is asked on the way."""
