"""The plan as a calendar for Outlook, Google and others, and one's own days from a calendar.

An event's UID is made of the activity's id and the session's, so a file taken in twice doubles
nothing. Times are Europe/London's, with the zone's rules in the file. A session without a start or
a length takes the day, as does the day on which recruitment closes. Names come only if asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.core import cleaning, wording
from navigator.core.activity import AHEAD, Activity, PlanDay, Session, Status, attendees_text
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from icalendar import Calendar

ZONE = "Europe/London"
DOMAIN = "navigator"
MOST_BYTES = 8 * 1024 * 1024
MOST_DAYS = 370

_LEFT_OUT = {
    "timed": "with a time of day left out: only whole days are taken",
    "begins": "left out that say when school opens or ends a term",
    "odd": "without good dates left out",
    "same": "left out that you have already",
    "repeated": "said to recur: only the first day or days of each is taken",
}
"""What is said of a calendar's events that aren't taken, or not in full."""

_INSET = ("inset", "training day", "staff development", "staff training", "non-pupil", "baker day")
_NOT_CLOSED = ("term begins", "term starts", "term ends", "first day", "last day", "opens")


class OwnDays(NamedTuple):
    """The days of a calendar, and sentences on what of it wasn't taken."""

    days: tuple[PlanDay, ...]
    said: tuple[str, ...]


def write(activities: Iterable[Activity], *, people: bool = False, made: datetime) -> bytes:
    """The activities' sessions and deadlines as a .ics; what was declined isn't in it.

    Args:
        activities: One or all.
        people: With the names of who attends.
        made: When the file is made.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Navigator//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = made.astimezone(UTC).replace(microsecond=0)
    wanted = [a for a in activities if a.status is not Status.DECLINED]
    for activity in wanted:
        title = cleaning.plain(activity.title)
        for session in activity.sessions:
            first, until = _moments(session)
            event = _event(f"{activity.id}-{session.id}", title, first, until, stamp)
            event.add("status", "TENTATIVE" if activity.status in AHEAD else "CONFIRMED")
            if session.place:
                event.add("location", cleaning.plain(session.place))
            event.add("description", _told(activity, session, people=people))
            if not session.timed and not session.in_school_hours:
                event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
        if activity.closes and activity.status in AHEAD:
            day, closes = activity.closes, f"Recruitment closes: {title}"
            event = _event(f"{activity.id}-closes", closes, day, day + timedelta(days=1), stamp)
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    if any(session.timed for activity in wanted for session in activity.sessions):
        calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _event(name: str, title: str, first: date, until: date, stamp: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{name}@{DOMAIN}")
    event.add("summary", title)
    event.add("dtstart", first)
    event.add("dtend", until)
    event.add("dtstamp", stamp)
    return event


def _moments(session: Session) -> tuple[date, date]:
    """From when to when a session is: two moments, or two days where no time is known."""
    from zoneinfo import ZoneInfo

    if session.start is None or session.minutes is None:
        return session.date, session.date + timedelta(days=1)
    zone = ZoneInfo(ZONE)
    # By way of UTC: a time that the clocks leap over becomes one that there is, and a session that
    # spans a change is as long as it says.
    begin = datetime.combine(session.date, session.start, zone).astimezone(UTC)
    end = begin + timedelta(minutes=session.minutes)
    begins, ends = begin.astimezone(zone), end.astimezone(zone)
    if begins.fold or ends.fold:  # the hour that there is twice: by the zone the first is meant
        return begin, end
    return begins, ends


def _told(activity: Activity, session: Session, *, people: bool) -> str:
    who = attendees_text(activity.attending(session), names=people)
    told = [
        f"Provider: {activity.provider_name}" if activity.provider_name else "",
        f"Attends: {who}" if who else "",
        f"Status: {activity.status}",
        "In school hours" if session.in_school_hours else "",
        f"Source: {activity.source}" if activity.source else "",
    ]
    return "\n".join(cleaning.plain(text) for text in told if text)


# --- one's own days ---


def read_days(data: bytes, held: Iterable[PlanDay] = ()) -> OwnDays:
    """The all-day events of a calendar as holidays and INSET days; those `held` are left out.

    An event whose title speaks of INSET or training is INSET days, any other a holiday.

    Raises:
        RefusedError: it is no calendar.
    """
    known = {(d.title, d.first, d.last) for d in held}
    days: list[PlanDay] = []
    left: Counter[str] = Counter()
    for event in _calendar(data).walk("VEVENT"):
        first = _date(event.get("dtstart"))
        title = cleaning.plain(str(event.get("summary", "")))[:500]
        if isinstance(first, datetime):
            left["timed"] += 1
            continue
        last = _last(event, first) if first else None
        if first is None or last is None or not 0 <= (last - first).days < MOST_DAYS:
            left["odd"] += 1
            continue
        folded = title.casefold()
        if any(word in folded for word in _NOT_CLOSED) and "inset" not in folded:
            left["begins"] += 1
            continue
        left["repeated"] += "rrule" in event or "rdate" in event
        if (title, first, last) in known:
            left["same"] += 1
            continue
        known.add((title, first, last))
        inset = any(word in folded for word in _INSET)
        days.append(PlanDay("", title, "inset" if inset else "holiday", first, last))
    said = [
        f"{wording.count(left[name], 'event')} {why}."
        for name, why in _LEFT_OUT.items()
        if left[name]
    ]
    return OwnDays(tuple(sorted(days, key=lambda d: (d.first, d.last, d.title))), tuple(said))


def _calendar(data: bytes) -> Calendar:
    from icalendar import Calendar

    why = ""
    if len(data) > MOST_BYTES:
        why = f"it is larger than {MOST_BYTES // 1024**2} MB"
    elif b"BEGIN:VCALENDAR" not in data.upper():
        why = "it doesn't begin with BEGIN:VCALENDAR"
    else:
        try:
            found = Calendar.from_ical(data.decode("utf-8-sig"))
            if isinstance(found, Calendar):
                return found
        # Whatever a file made by anyone brings the library to raise
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as e:
            why = cleaning.plain(str(e))[:120] or "it can't be understood"
    raise RefusedError(f"That isn't a calendar (.ics): {why}. Nothing was taken.")


def _date(prop: Any) -> date | None:
    value = getattr(prop, "dt", None)
    return value if isinstance(value, date) else None


def _last(event: Any, first: date) -> date | None:
    """The last day of a span of whole days: a calendar names the day after."""
    end = event.get("dtend")
    if end is not None:
        last = _date(end)
        if last is None or isinstance(last, datetime):
            return None
        return max(first, last - timedelta(days=1))
    length = getattr(event.get("duration"), "dt", None)
    if isinstance(length, timedelta) and length.days > 0:
        return first + timedelta(days=min(length.days, MOST_DAYS + 1) - 1)
    return first
