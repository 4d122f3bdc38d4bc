"""Which day of which week a day of FET is: by its name, else by its place in the list."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zvonok.interop.fet.weekday_names import LANGUAGES

WEEK = 7
_TWO_WEEKS = {10, 12, 14}
_WORD = re.compile(r"[^\W\d_]+|\d+")
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cycle:
    """The (week, weekday) of each day; `named` is false where only the order could tell."""

    places: tuple[tuple[int, int], ...]
    named: bool


def cycle_of(names: Sequence[str]) -> Cycle | None:
    """Find the weekday of each day, and its week in a cycle of two; None for a cycle we do not know.

    Days of a two-week cycle tell their week by whatever is in the name beside the weekday, or by their order.
    """
    words = [_words(name) for name in names]
    for language in _FOLDED:
        if found := _in_language(words, language):
            weeks = _weeks([weekday for weekday, _mark in found], [mark for _weekday, mark in found])
            pairs = [(week, weekday) for week, (weekday, _mark) in zip(weeks, found, strict=True)]
            return Cycle(tuple(pairs), named=True) if max(weeks) < 2 else None
    return _by_order(len(names))


def _by_order(count: int) -> Cycle | None:
    if 0 < count <= WEEK:
        return Cycle(tuple((0, day + 1) for day in range(count)), named=False)
    if count in _TWO_WEEKS:
        return Cycle(
            tuple((day // (count // 2), day % (count // 2) + 1) for day in range(count)), named=False
        )
    return None


def _fold(text: str) -> str:
    bare = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(bare).casefold().replace("'", "").replace("’", "").replace("ʼ", "")


def _words(name: str) -> _Words:
    return tuple(_WORD.findall(_fold(name)))


_FOLDED = [[_fold(forms).split("/") for forms in days.split()] for days in LANGUAGES.values()]


def _in_language(days: list[_Words], language: list[list[str]]) -> list[tuple[int, _Words]] | None:
    """Give the weekday of each day and the words beside it, if the language knows them all."""
    found: list[tuple[int, _Words]] = []
    previous = 0
    for words in days:
        word, candidates = _best(words, language)
        if not candidates:
            return None
        # One letter may begin several days: M T W T F. The next one in the week is meant.
        previous = next((day for day in candidates if day > previous), candidates[0])
        found.append((previous, tuple(other for other in words if other != word)))
    return found


def _best(words: _Words, language: list[list[str]]) -> tuple[str, list[int]]:
    shortest = 1 if len(words) == 1 else 2
    for suits in (
        lambda forms, word: word == forms[0],
        lambda forms, word: word in forms,
        lambda forms, word: len(word) >= shortest and forms[0].startswith(word),
    ):
        for word in words:
            candidates = [day for day, forms in enumerate(language, 1) if suits(forms, word)]
            if candidates:
                return word, candidates
    return "", []


def _weeks(weekdays: list[int], marks: list[_Words]) -> list[int]:
    if len(set(weekdays)) == len(weekdays):
        return [0] * len(weekdays)
    kinds = list(dict.fromkeys(marks))
    if len(kinds) == 2 and len(set(zip(marks, weekdays, strict=True))) == len(weekdays):
        return [kinds.index(mark) for mark in marks]
    seen: Counter[int] = Counter()
    weeks: list[int] = []
    for weekday in weekdays:
        weeks.append(seen[weekday])
        seen[weekday] += 1
    return weeks
