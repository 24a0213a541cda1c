"""Times of day in the text of a session: "1–4pm", "9–12.30pm", "9–11", "noon".

Without am, pm or a nought before it an hour is that of a day at school: 9–11 is before noon, 1.30–4
after it. Where that could be two times, as in 7–9, it is asked.
"""

from __future__ import annotations

import re
from datetime import time

from navigator.core.errors import RefusedError
from navigator.core.typed import clock_time

TO = r" ?(?:-|to|until|till) ?"
"""A pattern of what stands between a time and the next."""

_HOURS = rf"\d{{1,2}}{TO}\d{{1,2}}"

_NOON = 12 * 60
_EARLY = 7 * 60
"""Minutes of the day before which no session begins."""
_SCHOOL = 8 * 60
"""From when on an hour without its half of the day is of the morning, before it perhaps of an
evening."""
_LATE = 22 * 60
"""When evenings end."""
_LONGEST = 10 * 60
"""Minutes that two numbers alone may stand for."""


def is_bare(text: str) -> bool:
    """Whether it is two numbers alone, which may be something else than a time: "9-11"."""
    return re.fullmatch(_HOURS, text.strip(), re.IGNORECASE) is not None


def hours_before_days(text: str) -> tuple[str, bool]:
    """ "9-11" of "9-11, 19 Nov" or "9-11 and 19 Nov", which may be hours, "" where none is;
    and whether it may be days: the day behind it is later."""
    found = re.match(rf"({_HOURS})\s*(?:,|and|&|\+)\s*(\d+)", text, re.IGNORECASE)
    ends = [int(n) for n in re.findall(r"\d+", found[1])] if found else []
    if not found or max(ends) > 23:
        return "", True
    return found[1], int(found[2]) > ends[1]


def asked(text: str) -> RefusedError:
    """The refusal of what may be a time or not."""
    return RefusedError(f"If “{text.strip()}” is a time, write it as 1–4pm or 13:00–16:00.")


def time_of(text: str) -> time:
    text = text.strip().casefold()
    if text in ("noon", "midday"):
        return time(12)
    return clock_time(text.replace(".m", "m").rstrip("."))


def from_to(text: str) -> tuple[time, int]:
    """From when, and how many minutes: "1–4pm" is from 13:00, "9–12.30pm" from 9:00."""
    text = re.sub("noon|midday", "12pm", text.casefold())
    one, other = re.split(TO, text, maxsplit=1)
    ends = [re.sub(r"[. ]", "", part)[-2:] for part in (one, other)]
    halves = [half if half in ("am", "pm") else "" for half in ends]
    begin: int | None
    if not any(halves):
        begin, last = _at_school(text, one, other)
    else:
        last = _end(other, halves[1])
        if halves[1] and not halves[0] and _fits(one):
            morning, later = (_minutes(time_of(f"{one}{half}")) for half in ("am", "pm"))
            early = halves[1] == "pm" and morning < _EARLY  # nobody means four in the morning
            begin = later if later < last else morning if morning < last and not early else None
        else:
            begin = _minutes(time_of(one if halves[0] else _of_clock(one)))
        if begin is not None and not halves[1] and last <= begin and last < _NOON:
            last += _NOON
    if begin is None or last <= begin:
        raise RefusedError(f"“{text.strip()}” ends before it begins: write 1–4pm or 13:00–16:00.")
    return time(begin // 60, begin % 60), last - begin


def _at_school(text: str, one: str, other: str) -> tuple[int, int]:
    """The minutes at which it begins and ends, where neither says which half of the day it is of.

    Raises RefusedError where that isn't plain.
    """
    first, end = _end(one, ""), _end(other, "")
    told = all(re.search("[:.]", part) for part in (one, other))
    if is_bare(text) and not 60 <= first < 13 * 60:
        raise asked(text)
    begin = first + _NOON if first < _EARLY and _fits(one) else first
    last = end + _NOON if end <= begin and end < _NOON else end
    if begin > first:
        two = last <= begin or last > _LATE
    else:  # may be before lessons, or after them
        two = first < _SCHOOL and _fits(one) and not told and end + _NOON <= _LATE
    if two and first < end:
        if end >= _NOON:
            time_of(_of_clock(one))  # which refuses it
        ways = (_clock(first, end), _clock(first + _NOON, end + _NOON))
        write = f"{text.strip()}am or {text.strip()}pm"
        raise RefusedError(f"“{text.strip()}” could be {' or '.join(ways)}: write {write}.")
    if last - begin > _LONGEST and not told:
        raise asked(text)
    return begin, last


def _of_clock(text: str) -> str:
    return text if re.search("[:.]", text) else f"{text}:00"


def _clock(begin: int, end: int) -> str:
    return " to ".join(f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (begin, end))


def _fits(text: str) -> bool:
    """Whether a time may have am or pm: its hour is one of twelve, and not written with a 0."""
    hour = re.match(r"\d+", text)
    return hour is not None and not text.startswith("0") and 1 <= int(hour[0]) <= 12


def _end(text: str, half: str) -> int:
    """The minute at which it ends; before noon where no half of the day is said."""
    if half:
        return _minutes(time_of(text))
    hours, _, minutes = text.replace(".", ":").partition(":")
    if int(hours) > 23 or int(minutes or 0) > 59:
        return _minutes(time_of(text))  # which refuses it
    return int(hours) * 60 + int(minutes or 0)


def _minutes(clock_: time) -> int:
    return clock_.hour * 60 + clock_.minute
