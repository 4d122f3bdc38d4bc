"""The letters of the journal. Pure."""

# As Russian journals write them; the key is what is stored.
LETTERS = {"UNEXCUSED": "Н", "ILL": "Б", "EXCUSED": "УП", "LATE": "О"}
# What a teacher may type, on either keyboard layout: the letter itself, its Latin look-alike or its key.
KEYS = {
    "Н": "UNEXCUSED",
    "H": "UNEXCUSED",
    "N": "UNEXCUSED",
    "Б": "ILL",
    "B": "ILL",
    "У": "EXCUSED",
    "УП": "EXCUSED",
    "U": "EXCUSED",
    "О": "LATE",
    "O": "LATE",
}


def kind_of(typed: str) -> str | None:
    """Find the kind of absence that a typed letter means; None when it means none."""
    return KEYS.get(typed.strip().upper())
