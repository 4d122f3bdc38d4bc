"""Whether names can be kept as they stand: seen whole by their readers, and no longer than our columns."""

from django.utils.translation import gettext as _

from zvonok.interop.report import Report, Row
from zvonok.kernel.text import has_hidden_characters

NAME_LENGTH = 255
ROOM_LENGTH = CLASS_LENGTH = 80
DAY_TITLE_LENGTH = 120


def check_name(name: str, row: Row, column: str, report: Report, *, length: int = NAME_LENGTH) -> None:
    """Refuse a name that is too long for its column, or in which something hides."""
    if len(name) > length:
        reason = _("The value is longer than %(length)d characters.") % {"length": length}
        report.fault(row, column, name, reason)
    if has_hidden_characters(name):
        report.fault(row, column, name, _("This text holds invisible control characters."))
