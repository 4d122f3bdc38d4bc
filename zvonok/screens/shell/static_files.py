"""Static files: one style sheet put together of its parts, and names that change with the content."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PARTS = Path(__file__).parent / "css"
SHEET = "shell/shell.css"
EXTENSIONS = "django_htmx/ext/"
LAYERS = "@layer tokens, reset, base, layout, components, screens, utilities;"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


_MODULES, _WAYS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Give each file a name with its hash, in the imports of ES modules too, and compress it."""

    support_js_module_import_aggregation = True
    # One pass for each module of the longest chain of imports.
    max_post_process_passes = 12
    # `import("…")` stands in our scripts only where a comment names a type, and types may name each other.
    _js_module_import_aggregation_patterns = (
        _MODULES,
        tuple(way for way in _WAYS if r"import\(" not in way[0]),
    )

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        """Leave out htmx's extensions: they import modules that are not delivered with them."""
        wanted = {name: path for name, path in paths.items() if not name.startswith(EXTENSIONS)}
        return super().post_process(wanted, dry_run=dry_run, **options)


class SheetFinder(BaseFinder):
    """Find the style sheet of all pages, written out anew from its parts by each process that asks."""

    @cached_property
    def storage(self) -> FileSystemStorage:
        """Keep the sheet in a folder that goes away with the process."""
        self._folder = TemporaryDirectory(prefix="zvonok-sheet-")
        path = Path(self._folder.name) / SHEET
        path.parent.mkdir(parents=True)
        path.write_text(style_sheet(), encoding="utf-8")
        return FileSystemStorage(location=self._folder.name)

    def check(self, **kwargs: Any) -> list[Any]:
        """Report no faults: there is nothing to set."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Find the sheet by its name, and nothing else."""
        if path != SHEET:
            return []
        found = self.storage.path(SHEET)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """List the sheet for `collectstatic`."""
        yield SHEET, self.storage


def style_sheet() -> str:
    """Join tokens, base, layout, components and utilities, without comments and indents."""
    names = ("tokens", "reset", "base", "layout", "components", "utilities")
    parts = [path for name in names for path in _files(name)]
    text = _COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in parts))
    lines = (line.strip() for line in text.splitlines())
    return LAYERS + "\n" + "\n".join(line for line in lines if line) + "\n"


def _files(name: str) -> list[Path]:
    folder = PARTS / name
    return sorted(folder.glob("*.css")) if folder.is_dir() else [PARTS / f"{name}.css"]
