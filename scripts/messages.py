"""Gather the texts to translate: `make messages`. What is translated stays; what nobody says any more goes."""

import subprocess
import sys
import tempfile
from pathlib import Path

import polib  # type: ignore[import-untyped]

CHECKOUT = Path(__file__).resolve().parents[1]
KEYWORDS = ("gettext_lazy", "ngettext_lazy:1,2", "pgettext_lazy:1c,2")


def main() -> None:
    """Bring every catalogue up to date and tell what it lacks."""
    said = sorted(_said(), key=lambda entry: (entry.msgid.casefold(), entry.msgctxt or ""))
    for file in sorted(CHECKOUT.glob("zvonok/locale/*/LC_MESSAGES/django.po")):
        lacking = _update(file, said)
        print(f"{file.relative_to(CHECKOUT)}: {len(said)} texts, {lacking} to translate")


def _said() -> polib.POFile:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        words = [str(Path(sys.executable).with_name("pybabel")), "--quiet", "extract", "--no-location"]
        words += [f"--keyword={keyword}" for keyword in KEYWORDS]
        words += ["--mapping", "scripts/messages.cfg", "--output", str(template), "zvonok"]
        subprocess.run(words, cwd=CHECKOUT, check=True)
        return polib.pofile(str(template))


def _update(file: Path, said: list[polib.POEntry]) -> int:
    old = polib.pofile(str(file))
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile()
    new.header, new.metadata = old.header, old.metadata
    for entry in said:
        kept = known.get((entry.msgctxt, entry.msgid))
        new.append(
            polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                flags=entry.flags,
                msgstr=kept.msgstr if kept else "",
                msgstr_plural=kept.msgstr_plural if kept else dict.fromkeys(entry.msgstr_plural, ""),
            )
        )
    new.save(str(file))
    return len(new.untranslated_entries())


if __name__ == "__main__":
    main()
