"""When the lesson slots begin and end, as far as FET's names of hours tell."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from itertools import pairwise

from zvonok.interop.fet.model import Hour

LESSON_MINUTES = 45
DOUBLE_MINUTES = 90
# From slot 0 on: the usual bells of a Moscow school, then on with breaks of ten minutes.
_USUAL = (455, 510, 570, 630, 695, 760, 815, 870, 925, 980, 1035, 1090, 1145, 1200, 1255, 1310)
_DAY_MINUTES = 24 * 60
_NEAR_MINUTES = 4 * 60
_RAISED = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]{2})")
_COLON = re.compile(r"(?<!\d)(\d{1,2})\s?[:hHч]\s?(\d{2})(?!\d)")
_DOT = re.compile(r"(?<![\d.])(\d{1,2})[.,](\d{2})(?![\d.])")
_COMPACT = re.compile(r"(?<!\d)(\d{2})(\d{2})(?!\d)")
_NUMBER = re.compile(r"\D{0,2}(\d{1,2})(?!\d|[:.,hHч]\d)")


@dataclass(frozen=True, slots=True)
class Bells:
    """The slots; `assumed_minutes` is set where the ends, `usual` where all the times are ours."""

    hours: tuple[Hour, ...]
    assumed_minutes: int | None = None
    usual: bool = False


class Unclear(StrEnum):
    """Why times make no sense."""

    NO_TIME = "NO_TIME"
    DISORDER = "DISORDER"
    TOO_MANY = "TOO_MANY"


@dataclass(frozen=True, slots=True)
class UnclearHour:
    """The hour at which the times stop making sense."""

    index: int
    why: Unclear


@dataclass(frozen=True, slots=True)
class _Span:
    """Minutes since midnight; the end is None where the name does not tell it."""

    starts: int
    ends: int | None


def bells_of(names: Sequence[str], long_names: Sequence[str]) -> Bells | UnclearHour:
    """Read the times from the hours' names, or from their long names.

    Missing ends: 90 minutes where every next hour begins at least so much later, as colleges write their
    double lessons; else 45; never beyond the beginning of the next. No times at all: the usual bells.
    """
    spans = [_span(name) or _span(long) for name, long in zip(names, long_names, strict=True)]
    numbers = _numbers(names)
    if not any(spans):
        return _usual_bells(names, numbers)
    timed: list[_Span] = []
    for index, span in enumerate(spans):
        if span is None:
            return UnclearHour(index, Unclear.NO_TIME)
        timed.append(_after_noon(span, timed[-1].starts if timed else -1))
        if not _follows(timed[-1], timed[-2] if index else None):
            return UnclearHour(index, Unclear.DISORDER)
    minutes = _length(timed) if any(span.ends is None for span in timed) else None
    hours = _closed(names, numbers, timed, minutes or LESSON_MINUTES)
    return Bells(hours, assumed_minutes=minutes)


def _span(name: str) -> _Span | None:
    text = unicodedata.normalize("NFKC", _RAISED.sub(r":\1", name))
    for pattern in (_COLON, _DOT, _COMPACT):
        found = [
            int(hour) * 60 + int(minute) for hour, minute in pattern.findall(text) if _exists(hour, minute)
        ]
        if found:
            return _Span(found[0], found[1] if len(found) > 1 else None)
    return None


def _exists(hour: str, minute: str) -> bool:
    return int(hour) < 24 and int(minute) < 60


def _after_noon(span: _Span, previous: int) -> _Span:
    """Read 1:30 after 12:30 as half past one in the afternoon; what would be far from there stays as it is."""
    half = _DAY_MINUTES // 2
    starts, ends = span.starts, span.ends
    if starts <= previous < starts + half <= previous + _NEAR_MINUTES:
        starts += half
    if ends is not None and ends <= starts < ends + half <= starts + _NEAR_MINUTES:
        ends += half
    return _Span(starts, ends)


def _follows(span: _Span, previous: _Span | None) -> bool:
    if span.ends is not None and span.ends <= span.starts:
        return False
    return previous is None or span.starts >= (previous.ends or previous.starts + 1)


def _length(spans: list[_Span]) -> int:
    gaps = [later.starts - earlier.starts for earlier, later in pairwise(spans)]
    return DOUBLE_MINUTES if gaps and min(gaps) >= DOUBLE_MINUTES else LESSON_MINUTES


def _closed(
    names: Sequence[str], numbers: Sequence[int], spans: list[_Span], minutes: int
) -> tuple[Hour, ...]:
    limits = [span.starts for span in spans[1:]] + [_DAY_MINUTES - 1]
    ends = [span.ends or min(span.starts + minutes, limit) for span, limit in zip(spans, limits, strict=True)]
    return tuple(
        Hour(number, name, _clock(span.starts), _clock(end))
        for number, name, span, end in zip(numbers, names, spans, ends, strict=True)
    )


def _usual_bells(names: Sequence[str], numbers: Sequence[int]) -> Bells | UnclearHour:
    known = len(_USUAL)
    beyond = next((index for index, number in enumerate(numbers) if number >= known), None)
    if beyond is not None:
        return UnclearHour(beyond, Unclear.TOO_MANY)
    hours = [
        Hour(number, name, _clock(_USUAL[number]), _clock(_USUAL[number] + LESSON_MINUTES))
        for number, name in zip(numbers, names, strict=True)
    ]
    return Bells(tuple(hours), usual=True)


def _numbers(names: Sequence[str]) -> list[int]:
    """Number the hours as their names do (“0. 07:45”, “1º”), where all do so in a row; else from 1."""
    found = [_NUMBER.match(name) for name in names]
    numbers = [int(match[1]) for match in found if match]
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(names))) and numbers[0] <= 1:
        return numbers
    return list(range(1, len(names) + 1))


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
