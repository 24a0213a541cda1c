"""Sessions out of one text, as people write them or paste a listing of them.

    Thursdays 8 Oct, 19 Nov and 21 Jan, 1–4pm at Derby Arena

Each date is read by `core/dates.py`; one without a year lies in the academic year that is planned,
or in that of the next date that names one. A time, a length or a place belongs to the dates before
it that have none yet; where there are none, to those after it. Nothing is left out in silence: what
isn't taken is told, and what begins with a number and is no date or time is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from navigator.core import clock, dates, texts, wording
from navigator.core.activity import PlanDay
from navigator.core.errors import RefusedError
from navigator.core.session import MOST_MINUTES, Session
from navigator.domain.plan import session_times
from navigator.domain.plan import year as years
from navigator.domain.plan.session_times import TO
from navigator.domain.plan.session_words import session_words

MOST = 100
"""Sessions of one text: more is a slip."""

MOST_DAYS = 5
"""Days one after another that "12–14 October" may mean."""

HINT = "Thursdays 8 Oct, 19 Nov, 21 Jan, 1–4pm at Derby Arena"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b"
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?"
_NO_TIME = rf"(?![:.]\d| ?[ap]\.?m\b|{TO}\d{{1,2}}(?:[:.]\d\d| ?[ap]m\b))"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?\b{_NO_TIME}"
_MORE = rf"(?:\s*(?:,|and|&|\+|-|to)\s*{_DAY})*"
_NO_HOUR = rf"(?!{TO}\d{{1,2}}(?!\d|(?:st|nd|rd|th)? ?{_MONTH}))(?!\s*{_MONTH})"
_YEAR = rf"(?:,? ?(?:19|20)\d\d\b|(?: '?|')\d\d\b{_NO_TIME}{_NO_HOUR})"
_OF_DAYS = rf"(?P<days>{_DAY}{_MORE})\s?(?:of )?(?P<month>{_MONTH})(?P<year>{_YEAR})?"
_OF_MONTH = rf"(?P<month>{_MONTH}) (?P<days>{_DAY}{_MORE})(?P<year>{_YEAR})?"
_KINDS = {
    "bullet": r"(?m:^)[ \t]*(?:\d{1,2}[.)](?=\s)|\d{1,2}\t|[-*•·])\s*",
    "label": r"\b(?:session|day|week|part|workshop|meeting|module|date)s? ?#?\d{1,2}\b[:.)]?",
    "number": r"\b(?:room|year|cohort|group|unit|ks|key stage|hall|floor|age|lesson|page)s?"
    r" ?\d{1,2}(?:-\d{1,2})?\b",
    "numbers": r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)"
    r"|\d{1,2}-\d{1,2}-(?:\d{4}|\d\d)|\d{1,2}/\d{1,2})\b",
    "days": rf"\b{_DAY}{_MORE}\s?(?:of )?{_MONTH}(?:{_YEAR})?",
    "month": rf"\b{_MONTH} {_DAY}{_MORE}(?:{_YEAR})?",
    "seen": rf"\b(?:(?:next|this) {_WEEKDAY}|today|tomorrow)\b|\+\d{{1,3}}\b",
    "count": r"\b(?:for )?\d{1,2} (?:weeks|times|sessions)\b",
    "step": r"\b(?:every other|every second|every (?:two|2) weeks|fortnightly|weekly|every week"
    r"|every)\b",
    "weekday": rf"\b{_WEEKDAY}",
    "length": r"\b(?:for )?\d{1,4}(?:\.\d+)? ?(?:hours?|hrs?|h|minutes?|mins?)\b",
    "times": rf"\b{_CLOCK}{TO}(?:{_CLOCK}|noon\b|midday\b)(?![\d:])",
    "clock": r"\b(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\d{1,2}[:.]\d\d\b|noon\b|midday\b)",
    "after": r"\b(?:after[ -]school|twilights?|(?:outside|not in) school (?:hours|time))\b",
    "within": r"\b(?:in|during|within) (?:the )?school (?:hours|time|day)\b",
    "online": r"\bonline\b",
    "at": r"(?:\bat\b|@|\b(?:venue|location|place|where)\b:?)",
    "line": r"\n|;",
}
_SILENT = frozenset(
    {
        *("on", "from", "at", "and", "each", "all", "the", "date", "dates", "time", "times"),
        *("session", "sessions", "day", "days", "starts", "ends", "start", "end", "whole", "full"),
        *("of", "to", "when", "then", "also", "plus"),
    }
)
"""Words that say nothing by themselves."""


_ONE = {
    "start": "a date has one time: for a second session write the day again",
    "minutes": "a date has one length",
    "place": "a date has one place",
    "in_school_hours": "a date is in school hours or outside them",
}
"""Why what is said a second time of a date isn't taken."""


_SPAN = re.compile(r"\s*(?:-|to|until|till)\s*", re.IGNORECASE)
_SEPTEMBER = years.SEPTEMBER


class ToldSessions(NamedTuple):
    """The sessions of a text, by day; their ids are "". `said` tells what wasn't taken of it."""

    sessions: tuple[Session, ...]
    said: tuple[str, ...] = ()


def read(
    text: str, year: int, days: Sequence[PlanDay] = (), today: date | None = None
) -> ToldSessions:
    """The sessions that a text tells of; none for an empty one.

    Args:
        text: What was typed or pasted.
        year: The academic year that a date without one lies in.
        days: The school's own days: what is each week skips holidays and INSET days.
        today: As seen from which "next Tuesday" is; without it, from today.

    Raises:
        RefusedError: it can't be read, or could be two things; the text says what to write.
    """
    if not text.strip():
        return ToldSessions(())
    reader = _Reader(year, days, today or clock.today())
    reader.take(_tidied(text))
    return reader.told()


def span(text: str) -> tuple[time, int] | None:
    """From when, and how many minutes, where a text is that alone: "1.30-4"; else None.

    Raises:
        RefusedError: it could be two, or ends before it begins; the text says what to write.
    """
    tidied = _tidied(text).strip()
    alone = re.fullmatch(_KINDS["times"], tidied, re.IGNORECASE)
    return session_times.from_to(tidied) if alone else None


def lines(told: ToldSessions) -> str:
    """What was understood, a line a session, then what wasn't taken."""
    number = wording.count(len(told.sessions), "session")
    each = [session_words(session) for session in told.sessions]
    return "\n".join([f"{number}:", *each, *told.said]) if each else ""


def _tidied(text: str) -> str:
    """With one sign for all hyphens, and single blanks; tabs and lines stay."""
    text = re.sub(r"[‐‑‒–—−]", "-", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[^\S\n\t]+", " ", text)


class _Held:
    """A date of the text as it goes through: its words, and what is said of the session."""

    def __init__(self, words: str, weekday: str, *, whole: bool, ends: bool) -> None:
        self.words, self.weekday = words, weekday
        self.whole = whole  # whether it says its year, or is seen from today
        self.ends = ends  # whether it is the end of a span that the one before it begins
        self.values: dict[str, Any] = {}
        self.timed_behind = False  # whether its time stands behind it
        self.between = ""  # its time where that may be a second one of the date before it
        self.day = date.min


class _Reader:
    """Goes through a text from left to right."""

    def __init__(self, year: int, days: Sequence[PlanDay], today: date) -> None:
        self._year, self._today = year, today
        self._closed = [day for day in days if day.kind != "term"]
        self._found: list[_Held] = []
        self._usual: dict[str, Any] = {}  # what stands before any date
        self._waits: dict[str, str] = {}  # words of it that no date has taken so far, by their name
        self._weekday, self._all = "", False  # the weekday said; whether it is that of all dates
        self._step, self._count = 0, 0
        self._place: list[str] | None = None
        self._left: list[str] = []
        self._said: list[str] = []
        self._span = False  # whether the next date ends a span

    def take(self, text: str) -> None:
        kinds = "|".join(f"(?P<{kind}>{form})" for kind, form in _KINDS.items())
        pattern = re.compile(kinds, re.IGNORECASE)
        at, last = 0, ""
        while found := pattern.search(text, at):
            before = text[at : found.start()]
            kind, what = found.lastgroup or "", found[0]
            if kind == "days":
                what, kind = self._hours_or_days(before, what, last)
            if kind == "times" and session_times.is_bare(what):
                self._look_round(before, what, text[found.start() + len(what) :])
            self._words(before)
            if kind in ("number", "label") and self._place is not None:
                self._place.append(what)
            else:
                self._end_place()
                getattr(self, f"_on_{kind}")(what)
            at, last = found.start() + len(what), kind
        self._words(text[at:])
        self._end_place()

    def told(self) -> ToldSessions:
        for chunk in self._left:
            if chunk[0].isdigit():
                raise RefusedError(
                    f"“{chunk[:40]}” isn't a date or a time: write 8 Oct or 1–4pm; before a place "
                    "write “at”."
                )
        if not self._found:
            raise RefusedError(f"No date is in it: write sessions as {HINT}.")
        made = self._sessions()
        if len(made) > MOST:
            raise RefusedError(f"That makes {len(made):,} sessions: {MOST} is the most.")
        once = {(session.date, session.start): session for session in reversed(made)}
        if len(once) < len(made):
            self._said.append("What stands twice is taken once.")
        if self._left:
            told = ", ".join(f"“{chunk[:40]}”" for chunk in dict.fromkeys(self._left[:5]))
            self._said.append(f"Not taken: {told}. Before a place write “at”.")
        for name, what in self._waits.items():
            self._lose(name, what)
        if self._count and not self._step and self._count != len(once):
            self._said.append(f"It speaks of {self._count}, but {len(once)} have a date.")
        return ToldSessions(tuple(sorted(once.values(), key=lambda s: s.order)), tuple(self._said))

    # --- numbers that may be hours ---

    def _hours_or_days(self, between: str, days: str, last: str) -> tuple[str, str]:
        """What is first of it, and its kind: "9-11" of "8 Oct 9-11, 19 Nov" is hours."""
        hours, ascend = session_times.hours_before_days(days)
        behind_date = last in ("days", "month", "numbers") and not between.strip(" ,")
        if hours and behind_date and "," not in between:
            return hours, "times"
        if hours and (behind_date or not ascend):
            raise RefusedError(
                f"“{hours}” in “{days}” could be hours or days: write hours as 1–4pm or "
                "13:00–16:00, else each day."
            )
        return days, "days"

    def _look_round(self, before: str, hours: str, after: str) -> None:
        """Refuse two numbers as hours where a word beside them may say otherwise: "Lessons 1-3"."""
        if self._place is None:
            words = before.split()
            beside = bool(words) and words[-1].isalnum() and words[-1].casefold() not in _SILENT
        else:
            place = "".join((*self._place, before)).strip()
            address = re.match(r" ?[a-z]", after, re.IGNORECASE)
            beside = not place.endswith(",") if place else bool(address)
        if beside:
            raise session_times.asked(hours)

    # --- words ---

    def _words(self, text: str) -> None:
        if self._place is not None:
            self._place.append(text)
        elif self._found and _SPAN.fullmatch(text):
            self._span = True
        else:
            for chunk in re.split(r"[,|\t]|\s-\s", text):
                words = [word for word in chunk.split() if word.strip(".:()&+-")]
                while words and words[0].casefold().strip(":.()") in _SILENT:
                    words.pop(0)
                while words and words[-1].casefold().strip(":.()") in _SILENT:
                    words.pop()
                if words:
                    self._left.append(" ".join(words))

    def _end_place(self) -> None:
        words = " ".join("".join(self._place or ()).split()).strip(" ,:.|-").split()
        while words and words[-1].casefold() in ("on", "from", "and", "at", "for"):
            words.pop()
        if words:
            place = texts.tidy(" ".join(words)).rstrip(" ,")
            self._give("place", place, place=place)
        self._place = None

    def _on_bullet(self, _what: str) -> None:
        """The number or sign before a line says nothing."""

    _on_label = _on_bullet

    def _on_number(self, what: str) -> None:
        self._left.append(what)

    def _on_line(self, _what: str) -> None:
        self._span = False
        if not self._all:
            self._weekday = ""

    # --- dates ---

    def _on_weekday(self, what: str) -> None:
        name = what.casefold()
        self._all = self._all or name.endswith("days") or bool(self._step)
        self._weekday = name.removesuffix("s") if name.endswith("days") else name
        self._weekday = self._weekday.capitalize()

    def _on_step(self, what: str) -> None:
        two = any(word in what.casefold() for word in ("other", "second", "two", "2", "fortnight"))
        self._step = 14 if two else 7

    def _on_count(self, what: str) -> None:
        # Its pattern above has a number in it
        self._count = int(re.search(r"\d+", what)[0])  # type: ignore[index]

    def _on_numbers(self, what: str) -> None:
        whole = bool(re.fullmatch(r".+[/.-].+[/.-].+", what))
        self._date(what, whole=whole)

    def _on_seen(self, what: str) -> None:
        self._date(dates.shown(dates.read(what, self._today)), whole=True)

    def _on_days(self, what: str) -> None:
        self._month(re.match(_OF_DAYS, what, re.IGNORECASE))

    def _on_month(self, what: str) -> None:
        self._month(re.match(_OF_MONTH, what, re.IGNORECASE))

    def _month(self, found: re.Match[str] | None) -> None:
        if found is None:
            return
        year = (found["year"] or "").strip(" ,'")
        parts = re.findall(r"(-|to\b)?\s*(\d{1,2})", found["days"])
        for sign, day in parts:
            self._span = self._span or bool(sign)
            self._date(f"{day} {found['month']} {year}".strip(), whole=bool(year))

    def _date(self, words: str, *, whole: bool) -> None:
        held = _Held(words, self._weekday, whole=whole, ends=self._span and bool(self._found))
        held.values = dict(self._usual)
        if self._found and self._found[-1].timed_behind:
            held.between = self._waits.get("start", "")
        self._waits.clear()
        self._found.append(held)
        self._span = False
        if not self._all:
            self._weekday = ""

    # --- what is said of them ---

    def _give(self, name: str, what: str, **values: Any) -> None:
        """What some words say: to the dates before it that have none of that name yet; without such
        to those after."""
        without = [held for held in self._found if name not in held.values]
        for held in without:
            held.values |= values
            held.timed_behind = held.timed_behind or name == "start"
        if without:
            return
        last = self._found[-1] if self._found else None
        if last and values.items() <= last.values.items():
            self._usual |= values
            return  # the same, said twice
        if last and last.between and name == "start":
            raise RefusedError(
                f"“{last.between.strip()}” could be a second time of the day before it, or that of "
                "the day behind it: write one time a day, and a day with two sessions twice."
            )
        if name in self._waits:
            self._lose(name, self._waits[name])
        self._waits[name] = what
        self._usual |= values

    def _lose(self, name: str, what: str) -> None:
        """Tell words that no date has taken."""
        self._said.append(f"Not taken: “{what.strip()[:40]}”. {_ONE[name].capitalize()}.")

    def _on_at(self, _what: str) -> None:
        self._place = []

    def _on_online(self, what: str) -> None:
        self._give("place", what, place="online")

    def _on_after(self, what: str) -> None:
        self._give("in_school_hours", what, in_school_hours=False)

    def _on_within(self, what: str) -> None:
        self._give("in_school_hours", what, in_school_hours=True)

    def _on_clock(self, what: str) -> None:
        self._give("start", what, start=session_times.time_of(what))

    def _on_times(self, what: str) -> None:
        start, minutes = session_times.from_to(what)
        self._give("start", what, start=start, minutes=minutes)

    def _on_length(self, what: str) -> None:
        # Its pattern above has a number in it
        number = float(re.search(r"[\d.]+", what)[0])  # type: ignore[index]
        minutes = round(number * (60 if "h" in what.casefold() else 1))
        if not 1 <= minutes <= MOST_MINUTES:
            raise RefusedError(f"“{what}”: a session takes from 1 to {MOST_MINUTES} minutes.")
        self._give("minutes", what, minutes=minutes)

    # --- all of it ---

    def _sessions(self) -> list[Session]:
        self._read_days()
        made: list[Session] = []
        begun: _Held | None = None
        for held in self._found:
            if held.ends and begun is not None:
                made += [Session("", day, **held.values) for day in self._between(begun, held)]
            else:
                made.append(Session("", held.day, **held.values))
            begun = held
        if self._step and self._count and len(made) == 1:
            one = made[0]
            day = one.date
            while len(made) < min(self._count, MOST):
                day += timedelta(self._step)
                if day > one.date + timedelta(730):
                    break
                made += [] if self._skips(day) else [one._replace(date=day)]
        elif self._step and len(self._found) == 1:
            raise RefusedError(
                "How often? Write its last day, as in “every Thursday 8 Oct to 26 Nov”, "
                "or “6 times”."
            )
        return made

    def _read_days(self) -> None:
        """Each date read, the last first: what names no year is of the academic year of the next
        that does."""
        year = self._year
        wrong: RefusedError | None = None
        for held in reversed(self._found):
            words = f"{held.weekday} {held.words}".strip()
            first = date(year, _SEPTEMBER, 1)
            try:
                held.day = dates.written(words) if held.whole else dates.read(words, first)
            except RefusedError as error:
                wrong = error  # of several the first of the text is told: it is the one looked at
                continue
            year = years.year_of(held.day) if held.whole else year
        if wrong:
            raise wrong

    def _between(self, begun: _Held, end: _Held) -> list[date]:
        """The days of a span but its first: one a week, or each of a few days."""
        step = self._step or (7 if self._all else 0)
        away = (end.day - begun.day).days
        if away <= 0:
            raise RefusedError(
                f"“{begun.words} to {end.words}” ends before it begins: mend one of the dates."
            )
        if not step and away >= MOST_DAYS:
            raise RefusedError(
                f"“{begun.words} to {end.words}”: which days of it? Write each, or a weekday in "
                "the plural, as Thursdays, for one a week."
            )
        days = [begun.day + timedelta(n) for n in range(step or 1, away + 1, step or 1)]
        return [day for day in days if not (step and self._skips(day))]

    def _skips(self, day: date) -> bool:
        """Whether a day of each week is left out, as one on which there is no school."""
        own = next((own for own in self._closed if own.holds(day)), None)
        if own:
            what = own.title or own.kind
            self._said.append(f"{dates.shown(day)} is left out: {what}.")
        return own is not None
