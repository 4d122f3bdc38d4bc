"""How the journal names groups."""


def group_label(title: str, subject: str) -> str:
    """Name a study group beside its subject: a title that begins with the subject loses it."""
    return title.removeprefix(subject).strip(" ,·") or title
