"""The plan as a calendar for Outlook, Google and others, and one's own days from a calendar.

An event's UID is made of the activity's id and the session's, so a file taken in twice doubles
nothing. Times are Europe/London's, with the zone's rules in the file. A session without a start or
a length takes the day, as does the day on which recruitment closes. Names come only if asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from navigator.core import wording
from navigator.core.activity import AHEAD, Activity, PlanDay, Session, Status, attendees_text
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from icalendar import Calendar

ZONE = "Europe/London"
DOMAIN = "navigator"
MOST_BYTES = 8 * 1024 * 1024
MOST_DAYS = 370

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
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Navigator//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = made.astimezone(UTC).replace(microsecond=0)
    timed = False
    for activity in activities:
        if activity.status is Status.DECLINED:
            continue
        for session in activity.sessions:
            event = Event()
            event.add("uid", f"{activity.id}-{session.id}@{DOMAIN}")
            event.add("summary", wording.plain(activity.title))
            event.add("status", "TENTATIVE" if activity.status in AHEAD else "CONFIRMED")
            if session.place:
                event.add("location", wording.plain(session.place))
            told = _told(activity, session, people=people)
            if told:
                event.add("description", told)
            timed |= session.timed
            _when(event, session)
            event.add("dtstamp", stamp)
            calendar.add_component(event)
        if activity.closes and activity.status in AHEAD:
            event = Event()
            event.add("uid", f"{activity.id}-closes@{DOMAIN}")
            event.add("summary", f"Recruitment closes: {wording.plain(activity.title)}")
            event.add("transp", "TRANSPARENT")
            event.add("dtstart", activity.closes)
            event.add("dtend", activity.closes + timedelta(days=1))
            event.add("dtstamp", stamp)
            calendar.add_component(event)
    if timed:
        calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _when(event: Any, session: Session) -> None:
    from zoneinfo import ZoneInfo

    if session.start is None or session.minutes is None:
        event.add("dtstart", session.date)
        event.add("dtend", session.date + timedelta(days=1))
        if not session.in_school_hours:
            event.add("transp", "TRANSPARENT")
        return
    zone = ZoneInfo(ZONE)
    # By way of UTC: a time that the clocks leap over becomes one that there is, and a session that
    # spans a change is as long as it says.
    begin = datetime.combine(session.date, session.start, zone).astimezone(UTC)
    end = begin + timedelta(minutes=session.minutes)
    begins, ends = begin.astimezone(zone), end.astimezone(zone)
    if begins.fold or ends.fold:  # the hour that there is twice: by the zone the first is meant
        begins, ends = begin, end
    event.add("dtstart", begins)
    event.add("dtend", ends)


def _told(activity: Activity, session: Session, *, people: bool) -> str:
    who = attendees_text(activity.attending(session), names=people)
    told = [
        f"Provider: {activity.provider_name}" if activity.provider_name else "",
        f"Attends: {who}" if who else "",
        f"Status: {activity.status}",
        "In school hours" if session.in_school_hours else "",
        f"Source: {activity.source}" if activity.source else "",
    ]
    return "\n".join(wording.plain(text) for text in told if text)


# --- one's own days ---


def read_days(data: bytes, held: Iterable[PlanDay] = ()) -> OwnDays:
    """The all-day events of a calendar as holidays and INSET days; those `held` are left out.

    An event whose title speaks of INSET or training is INSET days, any other a holiday.

    Raises:
        RefusedError: it is no calendar.
    """
    known = {(d.title, d.first, d.last) for d in held}
    days: list[PlanDay] = []
    timed = repeated = odd = same = begins = 0
    for event in _calendar(data).walk("VEVENT"):
        first = _date(event.get("dtstart"))
        title = wording.plain(str(event.get("summary", "")))[:500]
        if first is None:
            odd += 1
            continue
        if isinstance(first, datetime):
            timed += 1
            continue
        last = _last(event, first)
        if last is None or not 0 <= (last - first).days < MOST_DAYS:
            odd += 1
            continue
        folded = title.casefold()
        if any(word in folded for word in _NOT_CLOSED) and "inset" not in folded:
            begins += 1
            continue
        repeated += "rrule" in event or "rdate" in event
        if (title, first, last) in known:
            same += 1
            continue
        known.add((title, first, last))
        inset = any(word in folded for word in _INSET)
        kind: Literal["holiday", "inset"] = "inset" if inset else "holiday"
        days.append(PlanDay("", title, kind, first, last))
    said = [
        f"{wording.count(number, 'event')} {why}."
        for number, why in (
            (timed, "with a time of day left out: only whole days are taken"),
            (begins, "left out that say when school opens or ends a term"),
            (odd, "without good dates left out"),
            (same, "left out that you have already"),
            (repeated, "said to recur: only the first day or days of each is taken"),
        )
        if number
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
            why = wording.plain(str(e))[:120] or "it can't be understood"
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
