"""Times of day in the text of a session: "1–4pm", "9–12.30pm", "noon"."""

from __future__ import annotations

import re
from datetime import time

from navigator.core.errors import RefusedError
from navigator.core.typed import clock_time

TO = r" ?(?:-|to|until|till) ?"
"""A pattern of what stands between a time and the next."""

_EARLY = 7 * 60
"""Minutes of the day before which no session begins that ends after noon."""


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
    if not any(halves) and ":" not in text and "." not in text:
        raise RefusedError(f"“{text.strip()}” isn't a time: write 1–4pm or 13:00–16:00.")
    last = _end(other, halves[1])
    begin: int | None
    if halves[1] and not halves[0] and _fits(one):
        morning, later = (_minutes(time_of(f"{one}{half}")) for half in ("am", "pm"))
        early = halves[1] == "pm" and morning < _EARLY  # nobody means four in the morning
        begin = later if later < last else morning if morning < last and not early else None
    else:
        begin = _minutes(time_of(one if halves[0] or ":" in one or "." in one else f"{one}:00"))
    if begin is not None and not halves[1] and last <= begin and last < 12 * 60:
        last += 12 * 60
    if begin is None or last <= begin:
        raise RefusedError(f"“{text.strip()}” ends before it begins: write 1–4pm or 13:00–16:00.")
    return time(begin // 60, begin % 60), last - begin


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
