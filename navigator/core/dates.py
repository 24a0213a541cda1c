"""Dates as people here write them: one reading for forms, commands, tables and files.

The day comes first, always: 3/4/27 is 3 April. Two digits of a year are of this century. What could
be two days is refused in a sentence that names both: it is never guessed. dateutil's own parser
guesses (it takes 1/13/27 for 13 January, and Mon 8 October 2026, a Thursday, for good), so only its
reckoning with months and years is used.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from navigator.core.errors import RefusedError

WAYS = "31/1/27, 31 Jan 2027, next Tuesday or +14"
WRITTEN = "2027-01-31, 31/1/27 or 31 Jan 2027"
"""The same for a file, where a day is the same whenever it is read."""

YEARS = range(1990, 2101)
"""Years that can be meant; anything else is a slip of the hand."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = (
    *("", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}

_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,})[ ,.]+)?"
_SPLIT = r" ?[ /.,-] ?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = (
    r"(?P<year>\d{4})",
    r"(?P<year>\d{4})(?P<same>[-/.])(?P<month>\d{1,2})(?:(?P=same)(?P<day>\d{1,2}))?",
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_SPLIT}(?P<month>\d{{1,2}})(?:{_SPLIT}{_YEAR})?",
    rf"{_WEEKDAY}{_DAY}(?:{_SPLIT})?(?P<name>[a-z]{{3,}})(?:(?:{_SPLIT})?{_YEAR})?",
    rf"{_WEEKDAY}(?P<name>[a-z]{{3,}}){_SPLIT}{_DAY}(?:{_SPLIT}{_YEAR})?",
    rf"(?P<name>[a-z]{{3,}})(?:{_SPLIT})?(?P<year>\d{{4}})",
    rf"(?P<month>\d{{1,2}}){_SPLIT}(?P<year>\d{{4}})",
)


class _Said(NamedTuple):
    """What a text says of a day; None for what it doesn't say. `weekday` is 0 for Monday."""

    day: int | None
    month: int | None
    year: int | None
    weekday: int | None


def shown(day: date) -> str:
    """A day as it is shown back before it is kept: "Sun 31 January 2027"."""
    return f"{_DAYS[day.weekday()][:3]} {in_words(day)}"


def in_words(day: date) -> str:
    """ "31 January 2027", which can be changed by hand without a weekday that belies it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"


def read(text: str, today: date, *, ahead: bool = True) -> date:
    """The day that was typed, also as seen from `today`: "next Tuesday", "in 2 weeks", "+14".

    A day without a year ("8 Oct") is the next to come, and so is a weekday; not where days gone by
    are meant as well (`ahead` is False): then it is asked.

    Raises:
        RefusedError: it is no day, or could be two; the text says which, and what to write.
    """
    try:
        found = _from(text, today, ahead)
        if found is None:
            said = _said(text)
            found = said and (_whole(text, said) or _without_year(text, said, today, ahead))
    except (OverflowError, ValueError):  # beyond the calendar's end
        found = None
    if found is None or found.year < 1900:  # a slip: nothing here is as old
        raise _refused(text, f"isn't a date: write {WAYS}.")
    return found


def written(text: str) -> date:
    """The day that a file or a table says: whole, so that it is the same whenever it is read.

    Raises:
        RefusedError: it is none; the text says why.
    """
    said = _said(text)
    if said is None:
        raise _refused(text, f"isn't a date: write {WRITTEN}.")
    found = _whole(text, said)
    if found is None:
        raise _refused(text, "names no year: write it in full, as 8 October 2026.")
    return found


def academic_year(text: str) -> int:
    """The September of an academic year as typed: "2026-27", "2026/27", "2026". Raises
    RefusedError."""
    begin, sign, end = text.strip().replace("/", "-").replace("–", "-").partition("-")
    good = begin.isascii() and begin.isdigit() and len(begin) == 4 and int(begin) in YEARS
    if not good or (sign and end not in (f"{(int(begin) + 1) % 100:02}", str(int(begin) + 1))):
        raise _refused(text, "isn't an academic year; write it as 2026-27, or as 2026.")
    return int(begin)


def of_our_times(day: date, text: str = "") -> date:
    """The day, as `text` was typed, where it can be meant. Raises RefusedError."""
    if day.year not in YEARS:
        told = f"isn't in the years {YEARS[0]} to {YEARS[-1]}: mend the year."
        raise _refused(text or day.isoformat(), told)
    return day


def span(text: str) -> tuple[date, date]:
    """The first and the last day of a date that may be as vague as a month or a year.

    Raises:
        RefusedError: it is none; the text says why.
    """
    said = _said(text)
    if said and said.day is None and said.year:
        first, last = said.month or 1, said.month or 12
        return date(said.year, first, 1), date(said.year, last, _days_in(last, said.year))
    day = written(text)
    return day, day


def _tidied(text: str) -> str:
    """In small letters, with single blanks, without words that say nothing, and with one sign for
    all that look like a hyphen."""
    words = re.sub(r"[‐‑‒–—−]", "-", text.casefold()).split()
    return " ".join(word for word in words if word not in ("the", "of", "on")).strip(" .,")


def _refused(text: str, why: str) -> RefusedError:
    return RefusedError(f"“{' '.join(text.split())[:40]}” {why}")


def _two(text: str, one: date, other: date, today: date) -> RefusedError:
    """The refusal of a text that could mean two days."""
    days = [d - today for d in (one, other)]
    near = [next((f"{w}, " for w, n in _NEAR.items() if d == timedelta(n)), "") for d in days]
    return _refused(
        text,
        f"could be {near[0]}{shown(one)}, or {near[1]}{shown(other)}: "
        f"write {_short(one)} or {_short(other)}.",
    )


def _short(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year:04}"


# --- a date in itself ---


def _said(text: str) -> _Said | None:
    """What a text says of a day; None where it is no date. Raises RefusedError for no real one."""
    tidied = _tidied(text)
    if not tidied.isascii():
        return None
    if found := re.fullmatch(rf"([a-z]{{3,}})(?:{_SPLIT})?'?(\d\d)", tidied):
        place = _place(found[1], _MONTHS)
        if place is not None:
            month, number = _MONTHS[place], int(found[2])
            raise _refused(
                text,
                f"could be {number} {month}, or all of {month} 20{number:02}: "
                "write the day, the month and the year.",
            )
    for form in _FORMS:
        if (found := re.fullmatch(form, tidied)) and (said := _of(text, found.groupdict())):
            return said
    return None


def _of(text: str, parts: dict[str, str | None]) -> _Said | None:
    """The parts of a form that fits; None where a word in it is no weekday or no month."""
    day, month, year, weekday = (
        int(part) if (part := parts.get(name)) and part.isdigit() else None
        for name in ("day", "month", "year", "weekday")
    )
    if name := parts.get("name"):
        place = _place(name, _MONTHS)
        if place is None:
            return None
        month = place + 1
    if name := parts.get("weekday"):
        weekday = _place(name, _DAYS)
        if weekday is None:
            return None
    if year is not None and len(parts["year"] or "") == 2:
        year += 2000
    if year == 0:
        return None
    if month is not None and not 1 <= month <= 12:
        raise _refused(
            text, f"isn't a date: there is no month {month}. Write it as 31/1/27, the day first."
        )
    if month and day is not None and not 1 <= day <= _days_in(month, year):
        of = f"{_MONTHS[month - 1]} {year or ''}".strip()
        raise _refused(text, f"isn't a date: {of} has no day {day}. Write another day.")
    return _Said(day, month, year, weekday)


def _place(name: str, among: tuple[str, ...]) -> int | None:
    """Where a name stands that may be cut after three letters: "sept", "thurs"; "weds", too."""
    name = {"weds": "wed"}.get(name, name)
    fits = (n for n, whole in enumerate(among) if whole.casefold().startswith(name))
    return next(fits, None) if len(name) >= 3 else None


def _days_in(month: int, year: int | None) -> int:
    """How many days a month has; the most that it may have where no year is said."""
    if month == 2:
        return 29 if year is None else (date(year, 3, 1) - timedelta(1)).day
    return 30 if month in (4, 6, 9, 11) else 31


def _whole(text: str, said: _Said) -> date | None:
    """The day, where its year is said, too. Raises RefusedError for a month, a year, or a weekday
    that belies it."""
    if said.day is None or said.month is None:
        what = "month" if said.month else "year"
        raise _refused(text, f"is a whole {what}: say which day, as in 8 October 2026.")
    if said.year is None:
        return None
    return _as_weekday(text, said, date(said.year, said.month, said.day))


def _as_weekday(text: str, said: _Said, day: date, more: str = "") -> date:
    if said.weekday not in (None, day.weekday()):
        raise _refused(
            text,
            f"doesn't agree with itself: {in_words(day)} is a {_DAYS[day.weekday()]}. "
            f"Mend the weekday or the date{more}.",
        )
    return day


# --- a date as seen from today ---


def _without_year(text: str, said: _Said, today: date, ahead: bool) -> date | None:
    """A day without a year: the next to come, today too; else asked."""
    month, day = said.month or 0, said.day or 0
    years = range(max(1, today.year - 8), min(9999, today.year + 8) + 1)  # 29 February's farthest
    every = [date(year, month, day) for year in years if day <= _days_in(month, year)]
    coming = next((d for d in every if d >= today), None)
    if ahead:
        return coming and _as_weekday(text, said, coming, ", or add the year")
    gone = next((d for d in reversed(every) if d < today), None)
    both = [d for d in (gone, coming) if d and said.weekday in (None, d.weekday())]
    if len(both) == 2:
        raise _two(text, both[0], both[1], today)
    return both[0] if both else None


def _from(text: str, today: date, ahead: bool) -> date | None:
    """A day as seen from today; None where the text is no such thing. Raises RefusedError where it
    could be two, OverflowError or ValueError beyond the calendar."""
    tidied = _tidied(text)
    if tidied in _NEAR:
        return today + timedelta(_NEAR[tidied])
    if found := re.fullmatch(r"([+-]) ?(\d{1,7})(?: days?)?", tidied, re.ASCII):
        return today + timedelta(int(found[1] + found[2]))
    unit = r"(day|week|fortnight|month|year)s?"
    if found := re.fullmatch(rf"(?:in )?(\w+) {unit}( ago)?", tidied, re.ASCII):
        away, ago = tidied.startswith("in "), bool(found[3])
        if away and ago:
            return None
        if not ahead and not away and not ago:  # "2 weeks"
            both = [_away(found[1], found[2], gone, today) for gone in (True, False)]
            if both[0] and both[1] and both[0] != both[1]:
                raise _two(text, both[0], both[1], today)
        return _away(found[1], found[2], ago, today)
    if found := re.fullmatch(r"(?:(next|this|last) )?([a-z]{3,})", tidied):
        weekday = _place(found[2], _DAYS)
        if weekday is not None:
            return _on_weekday(text, found[1] or "", weekday, today, ahead)
    return None


def _away(number: str, unit: str, ago: bool, today: date) -> date | None:
    """So many days, weeks, months or years from today; a month's end stays within the month."""
    if number.isdigit() and len(number) <= 7:
        many = int(number)
    elif number in ("a", "an"):
        many = 1
    elif number in _NUMBERS[1:]:
        many = _NUMBERS.index(number)
    else:
        return None
    from dateutil.relativedelta import relativedelta

    if unit == "fortnight":
        many, unit = 2 * many, "week"
    away: date = today + relativedelta(**{f"{unit}s": -many if ago else many})
    return away


def _on_weekday(text: str, how: str, weekday: int, today: date, ahead: bool) -> date:
    """A weekday; asked where people differ: whether the nearest is meant, or the calendar week's.

    Said on a Monday, "next Tuesday" is tomorrow to some and in eight days to others; said on a
    Friday, both mean the same day.
    """
    this = today + timedelta(weekday - today.weekday())  # of this week, which begins on Monday
    coming = this if this > today else this + timedelta(7)
    gone = this if this < today else this - timedelta(7)
    if how == "next":
        one, other = coming, this + timedelta(7)
    elif how == "last":
        one, other = this - timedelta(7), gone
    elif how == "this":
        one, other = this, this if this >= today else coming
    elif this == today:
        one, other = today, coming
    else:
        one, other = coming if ahead else gone, coming
    if one != other:
        raise _two(text, one, other, today)
    return one
