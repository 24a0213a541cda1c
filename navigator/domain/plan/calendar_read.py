"""One's own days from a calendar: holidays, terms and INSET days, by the words of their titles.

What a title doesn't tell for sure is shown and not taken: a head ticks it. Whole days are days, and
also what Outlook makes of them: from midnight to midnight, by London's clock or its own. Of several
versions of an event the newest counts; what was cancelled doesn't.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from navigator.core import cleaning, wording
from navigator.core.activity import PlanDay
from navigator.core.errors import RefusedError
from navigator.domain.plan.calendar import ZONE

if TYPE_CHECKING:
    from icalendar import Calendar

MOST_BYTES = 8 * 1024 * 1024
MOST_DAYS = 370
TERM_DAYS = 19
"""Days from which on what is called a term, or a half term, is one: no holiday called so is as
long."""

LONG_DAYS = 5
"""Days from which on "Easter" or "Christmas" alone is a holiday, not a fair or a service."""

DayKind = Literal["holiday", "inset", "term"]
KINDS: tuple[DayKind, ...] = ("holiday", "inset", "term")

_LEFT_OUT = {
    "timed": "with a time of day left out: only whole days are taken",
    "cancelled": "cancelled, so left out",
    "older": "left out that a newer version of the same takes the place of",
    "odd": "without good dates left out",
    "same": "left out that you have already",
    "repeated": "said to recur: only the first day or days of each is taken",
}
"""What is said of a calendar's events that aren't shown, or not in full."""


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


_INSET = _words(
    *("insets?", "in-?service", "baker days?", "non-pupil", "pupil-free", "training days?"),
    *("staff (?:training|development|only)", "teacher training", "teachers? only"),
    *("professional development", "c?pd days?"),
)
_PD_ALONE = re.compile(r"(?:school |staff |whole school )?c?pd(?: \d+)?(?: ?[-:(].*)?")
_OPENS = _words(
    *(
        "terms? (?:begins?|starts?|ends?|opens?|closes?)",
        "(?:begin|start|end)(?:ning)? of (?:\\w+ )?term",
    ),
    *(
        "first day",
        "last day",
        "school (?:re-?)?opens?",
        "re-?opens?",
        "breaks? up",
        "back to school",
    ),
    *("(?:pupils?|children|students?|staff|school) returns?", "returns? to school"),
)
_OTHER = _words(
    *(
        "clubs?",
        "camps?",
        "deadlines?",
        "bookings?",
        "meetings?",
        "reminders?",
        "homework",
        "part(?:y|ies)",
    ),
    *(
        "fairs?",
        "fayres?",
        "discos?",
        "concerts?",
        "services?",
        "assembl(?:y|ies)",
        "reports?",
        "trips?",
    ),
    *(
        "visits?",
        "sales?",
        "raffle",
        "lunch(?:es)?",
        "menus?",
        "twilights?",
        "courses?",
        "workshops?",
    ),
    *(
        "competitions?",
        "childcare",
        "payments?",
        "due",
        "before",
        "after",
        "exams?",
        "bags?",
        "collection",
    ),
)
_TERM = _words("terms?", r"ht ?\d")
_HOLIDAY = _words(
    *(
        "holidays?",
        "half-terms?",
        "half terms?",
        "vacations?",
        "closed",
        "closures?",
        "occasional days?",
    ),
    *("good friday", "easter monday", "may day", "boxing day", "christmas day", "new year's day"),
    "(?:christmas|easter|spring|summer|autumn|winter) break",
    "(?:mid-?term|term|february|october|may|school) break",
)
_SEASON = _words("easter", "christmas", "xmas", "whitsun")


class FoundDay(NamedTuple):
    """Days of a calendar. `sure`: by their title they are of their kind; else a head says so."""

    day: PlanDay
    sure: bool


class FoundDays(NamedTuple):
    """The days of a calendar by date, and sentences on what of it isn't among them."""

    found: tuple[FoundDay, ...]
    said: tuple[str, ...]

    @property
    def asked(self) -> tuple[PlanDay, ...]:
        """Those that a head may take; their kind is a guess."""
        return tuple(one.day for one in self.found if not one.sure)


def picked(
    found: FoundDays, kinds: Mapping[DayKind, Sequence[str]], leave: Sequence[str] = ()
) -> tuple[PlanDay, ...]:
    """The days that are sure, and those whose titles hold words that say of which kind they are.

    Args:
        found: What a calendar has.
        kinds: By kind the words; each takes all the days whose title holds them.
        leave: Words of those to leave out.

    Raises:
        RefusedError: some words are in no title.
    """
    days: dict[PlanDay, DayKind | None] = {
        one.day: one.day.kind if one.sure else None for one in found.found
    }
    told = [(words, kind) for kind, texts in kinds.items() for words in texts]
    for words, kind in (*told, *((words, None) for words in leave)):
        fits = [day for day in days if words.strip().casefold() in day.title.casefold()]
        if not fits:
            raise RefusedError(
                f"Nothing in the calendar that isn't yours already has “{words[:60]}” in its title."
            )
        days |= dict.fromkeys(fits, kind)
    return tuple(day._replace(kind=kind) for day, kind in days.items() if kind)


def kind_of(title: str, days: int) -> DayKind | None:
    """What days are by their title and how many they are; None where it doesn't tell."""
    text = (
        re.sub(r"[‐‑‒–—]", "-", title.casefold())
        .replace("’", "'")
        .replace("half - term", "half-term")
    )
    if _OTHER.search(text):
        return None
    if _INSET.search(text) or _PD_ALONE.fullmatch(text):
        return "inset"
    if _OPENS.search(text):
        return None
    if days >= TERM_DAYS and _TERM.search(text) and not _words("holidays?", "break").search(text):
        return "term"
    if _HOLIDAY.search(text) or (days >= LONG_DAYS and _SEASON.search(text)):
        return "holiday"
    return None


def read_days(data: bytes, held: Iterable[PlanDay] = ()) -> FoundDays:
    """The days of a calendar; those `held` are left out.

    Raises:
        RefusedError: it is no calendar.
    """
    known = {(d.title, d.first, d.last) for d in held}
    found: list[FoundDay] = []
    left: Counter[str] = Counter()
    for event in _newest(_events(data), left):
        title = cleaning.plain(str(event.get("summary", "")))[:500]
        span = _span(event)
        if span is None or not 0 <= (span[1] - span[0]).days < MOST_DAYS:
            left["odd" if span or not _has_start(event) else "timed"] += 1
            continue
        first, last = span
        left["repeated"] += "rrule" in event or "rdate" in event
        if (title, first, last) in known:
            left["same"] += 1
            continue
        known.add((title, first, last))
        kind = kind_of(title, (last - first).days + 1)
        found.append(FoundDay(PlanDay("", title, kind or "holiday", first, last), kind is not None))
    said = [
        f"{wording.count(left[name], 'event')} {why}."
        for name, why in _LEFT_OUT.items()
        if left[name]
    ]
    found.sort(key=lambda one: (one.day.first, one.day.last, one.day.title))
    return FoundDays(tuple(found), tuple(said))


def _events(data: bytes) -> list[Any]:
    """The events; those of a calendar that cancels are cancelled."""
    found = []
    for calendar in _calendars(data):
        for event in calendar.walk("VEVENT"):
            if str(calendar.get("method", "")).upper() == "CANCEL":
                event["status"] = "CANCELLED"
            found.append(event)
    return found


def _newest(events: Sequence[Any], left: Counter[str]) -> list[Any]:
    """Of each event its newest version, in the file's order; none of those that were cancelled."""
    newest: dict[tuple[str, str], tuple[tuple[int, str, int], Any]] = {}
    for number, event in enumerate(events):
        uid = str(event.get("uid", "")) or f"none {number}"
        again = _text(event.get("recurrence-id"))
        version = _number(event.get("sequence")), _text(event.get("last-modified")), number
        key = uid, again
        if key in newest:
            left["older"] += 1
        if key not in newest or newest[key][0] < version:
            newest[key] = version, event
    found = []
    for _, event in newest.values():
        statuses = str(event.get("status", "")).upper()
        if "CANCELLED" in statuses:
            left["cancelled"] += 1
        else:
            found.append(event)
    return found


def _text(prop: Any) -> str:
    """A property as it stands in the file, "" for none."""
    try:
        return prop.to_ical().decode("utf-8", "replace") if prop is not None else ""
    except (AttributeError, ValueError, TypeError):
        return str(prop)


def _number(prop: Any) -> int:
    try:
        return int(prop)
    except (ValueError, TypeError):
        return 0


def _calendars(data: bytes) -> list[Calendar]:
    from icalendar import Calendar

    why = ""
    if len(data) > MOST_BYTES:
        why = f"it is larger than {MOST_BYTES // 1024**2} MB"
    else:
        text = _decoded(data)
        if "BEGIN:VCALENDAR" not in text.upper():
            why = "it doesn't begin with BEGIN:VCALENDAR"
        else:
            try:
                found = Calendar.from_ical(text.lstrip("\ufeff \r\n\t"), multiple=True)
                return [one for one in found if isinstance(one, Calendar)]
            # Whatever a file made by anyone brings the library to raise
            except (
                ValueError,
                TypeError,
                KeyError,
                IndexError,
                AttributeError,
                RecursionError,
            ) as e:
                why = cleaning.plain(str(e))[:120] or "it can't be understood"
    raise RefusedError(f"That isn't a calendar (.ics): {why}. Nothing was taken.")


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# --- from when to when ---


def _date(prop: Any) -> date | None:
    value = getattr(prop, "dt", None)
    return value if isinstance(value, date) else None


def _has_start(event: Any) -> bool:
    return _date(event.get("dtstart")) is not None


def _span(event: Any) -> tuple[date, date] | None:
    """The first and the last day; None where it has a time of day, or no good date."""
    first, end = _date(event.get("dtstart")), _date(event.get("dtend"))
    length = getattr(event.get("duration"), "dt", None)
    if first is None or ("dtend" in event and end is None):
        return None
    if isinstance(first, datetime):
        if not isinstance(end, datetime):
            end = first + length if isinstance(length, timedelta) else None
        return _midnights(first, end, whole=_said_whole(event)) if end is not None else None
    if isinstance(end, datetime):
        return None
    if end is not None:
        return first, max(first, end - timedelta(days=1))  # a calendar names the day after
    if isinstance(length, timedelta) and length.days > 0:
        return first, first + timedelta(days=min(length.days, MOST_DAYS + 1) - 1)
    return first, first


def _said_whole(event: Any) -> bool:
    return str(event.get("x-microsoft-cdo-alldayevent", "")).upper() == "TRUE"


def _midnights(first: datetime, end: datetime, *, whole: bool) -> tuple[date, date] | None:
    """The days from one midnight to another, by London's clock, else by the event's own."""
    from zoneinfo import ZoneInfo

    pairs = [(first, end)]
    if first.tzinfo is not None and end.tzinfo is not None:
        london = ZoneInfo(ZONE)
        pairs.insert(0, (first.astimezone(london), end.astimezone(london)))
    for begins, ends in pairs:
        last = ends - timedelta(days=1) if ends.time() == time() else ends
        to_midnight = ends.time() == time() or (ends.hour, ends.minute) == (23, 59)
        if begins.time() == time() and (to_midnight or whole):
            return begins.date(), max(begins.date(), last.date())
    return None
