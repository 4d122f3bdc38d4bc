"""Which version a set is, and which of its files hold everything, changes only, or are absent."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zvonok.interop.oneroster.columns import OTHER_FILES, SHAPES, Version
from zvonok.interop.oneroster.rows import Mode
from zvonok.interop.oneroster.table import header_of
from zvonok.interop.report import Report, Row
from zvonok.interop.source import Source

_READ = {name for shapes in SHAPES.values() for name in shapes}
_BY_LOWER = {name.lower(): name for name in _READ | OTHER_FILES}
_VERSIONS = {"1.0": Version.V1_0, "1.1": Version.V1_1, "1.2": Version.V1_2, "1.2.1": Version.V1_2}
_SILENT = {"manifest.version", "source.systemcode"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` gives the name in the source of each file that is to be read."""

    version: Version
    system: str
    modes: dict[str, Mode]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    value: str
    row: Row


def read_manifest(source: Source, files: Mapping[str, str], report: Report) -> Manifest:
    """Read the manifest and set it against the files that are there.

    `files` gives the file names by their lower-case stems. Without a manifest all files count as bulk.
    """
    if "manifest" not in files:
        version = _guessed_version(source, files)
        reason = _("There is no manifest.csv; the set was read as OneRoster %(version)s, all files complete.")
        report.warn(Row(source.label, None), "", "", reason % {"version": version.value})
        present = {_BY_LOWER[stem]: name for stem, name in files.items() if stem in _BY_LOWER}
        return Manifest(version, "", dict.fromkeys(present, Mode.BULK), present)
    properties = list(_properties(files["manifest"], source.text(files["manifest"]), report))
    version = _version(properties, source, files, report)
    modes = _modes(properties, report)
    _compare(files, modes, properties, report)
    present = {
        name: files[name.lower()]
        for name, mode in modes.items()
        if name.lower() in files and mode != "absent"
    }
    system = next((item.value for item in properties if item.name.lower() == "source.systemname"), "")
    return Manifest(version, system, modes, present)


def _properties(file: str, text: str, report: Report) -> Iterator[_Property]:
    reader = csv.reader(io.StringIO(text, newline="\n"))
    line = 1
    try:
        for cells in reader:
            if len(cells) >= 2 and cells[0].strip().lower() != "propertyname":
                yield _Property(cells[0].strip(), cells[1].strip(), Row(file, line))
            line = reader.line_num + 1
    except csv.Error:
        report.fault(Row(file, line), "", "", _("This line cannot be read."))


def _version(
    properties: list[_Property], source: Source, files: Mapping[str, str], report: Report
) -> Version:
    guessed = _guessed_version(source, files)
    for item in properties:
        if item.name.lower() != "oneroster.version":
            continue
        if item.value not in _VERSIONS:
            reason = _("This version of OneRoster is not known here. Known are 1.0, 1.1 and 1.2.")
            report.fault(item.row, item.name, item.value, reason)
        return _VERSIONS.get(item.value, guessed)
    reason = _("The manifest names no version; the set was read as OneRoster %(version)s.")
    report.warn(Row(files["manifest"], None), "oneroster.version", "", reason % {"version": guessed.value})
    return guessed


def _guessed_version(source: Source, files: Mapping[str, str]) -> Version:
    if "roles" in files:
        return Version.V1_2
    if "users" not in files:
        return Version.V1_1
    return Version.V1_1 if "enabledUser" in header_of(source.text(files["users"])) else Version.V1_0


def _modes(properties: list[_Property], report: Report) -> dict[str, Mode]:
    modes: dict[str, Mode] = {}
    for item in properties:
        name = item.name.lower()
        stem = name.removeprefix("file.")
        if not name.startswith("file.") or stem not in _BY_LOWER:
            if name not in _SILENT | {"oneroster.version", "source.systemname"}:
                report.warn(item.row, item.name, item.value, _("This property of the manifest is not known."))
        elif item.value.lower() not in set(Mode):
            report.fault(item.row, item.name, item.value, _("Only absent, bulk or delta can stand here."))
        else:
            modes[_BY_LOWER[stem]] = Mode(item.value.lower())
    return modes


def _compare(
    files: Mapping[str, str], modes: dict[str, Mode], properties: list[_Property], report: Report
) -> None:
    """Refuse files that are promised but missing; take in files that the manifest forgot."""
    rows = {item.name.lower(): item.row for item in properties}
    usual = Mode.DELTA if Mode.DELTA in modes.values() else Mode.BULK
    for name, mode in modes.items():
        row = rows[f"file.{name.lower()}"]
        if mode != Mode.ABSENT and name.lower() not in files:
            reason = _("The manifest names this file, but it is not in the set.")
            report.fault(row, f"file.{name}", mode.value, reason)
        elif mode == Mode.ABSENT and name.lower() in files:
            reason = _("The manifest says that this file is absent, so it was not read.")
            report.warn(row, f"file.{name}", mode.value, reason)
    for stem, name in files.items():
        if stem in _BY_LOWER and _BY_LOWER[stem] not in modes:
            modes[_BY_LOWER[stem]] = usual
            report.warn(
                Row(name, None), "", "", _("The manifest does not name this file; it was read all the same.")
            )
