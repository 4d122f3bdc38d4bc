"""A spreadsheet as we read it, and why one is not read."""

from dataclasses import dataclass, field
from string import ascii_uppercase

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvonok.kernel.refusals import Refused

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 3000
MOST_COLUMNS = 40


class SheetRefused(Refused):
    """What was handed in cannot be read at all."""

    message: str | Promise = _("This file cannot be read.")


class SheetTooLarge(SheetRefused):
    """More bytes than a table of texts has."""

    message = _("This file is larger than %(megabytes)s MB. Keep the table, and leave out pictures.")


class NotASheet(SheetRefused):
    """Neither XLSX nor a text table."""

    message = _("This is neither an XLSX file nor a CSV table. Save the table as XLSX and try again.")


class OldSheet(SheetRefused):
    """An XLS file of 1997, or one with a password: both begin alike."""

    message = _("This is an old XLS file, or one with a password. Save it as XLSX without a password.")


class DamagedSheet(SheetRefused):
    """An XLSX file that is not whole, or holds what no table needs."""

    message = _("This XLSX file is damaged. Open it and save it again.")


class EmptySheet(SheetRefused):
    """Not one cell is filled."""

    message = _("The table is empty. It is read from the first sheet.")


class TooManyRows(SheetRefused):
    """Longer than we read."""

    message = _("The table has more than %(count)s rows.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its row and column, both from 1; `is_formula` says that the text is a formula."""

    row: int
    column: int
    text: str = ""
    is_formula: bool = False

    @property
    def place(self) -> str:
        """Name the column as the spreadsheet does: A, B, … Z, AA."""
        return column_name(self.column)


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one: the first and the last of them."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that hold anything, each as its filled cells by column; and what is merged.

    `recoded` says that a text was not in Unicode, and was taken for Windows-1251.
    """

    rows: list[dict[int, Cell]]
    merged: list[Merged] = field(default_factory=list)
    recoded: bool = False


def column_name(number: int) -> str:
    """Name a column, from 1, by letters."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
    return name
