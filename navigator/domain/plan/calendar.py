"""The plan as a calendar for Outlook, Google and others.

An event's UID is made of the activity's id and the session's, so a file taken in twice doubles
nothing; a change raises its SEQUENCE, and what was sent before and is no more is sent as cancelled.
Times are Europe/London's, with the zone as two rules that recur: Outlook reads no RDATE
(Microsoft's [MS-STANOICAL]). A session without a start takes the day, as does the day on which
recruitment closes; one without a length keeps its start. Names come only if asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.core import cleaning
from navigator.core.activity import AHEAD, Activity, SentEvent, Status
from navigator.core.session import Session, attendees_text

if TYPE_CHECKING:
    from icalendar import Timezone

ZONE = "Europe/London"
DOMAIN = "navigator"
NAME = "Professional learning"
KEPT_DAYS = 400
"""Days after which what was sent is forgotten: nobody waits for word of it any more."""

_CHANGES = (
    ("DAYLIGHT", datetime(1970, 3, 29, 1), 3, "BST", 0, 1),
    ("STANDARD", datetime(1970, 10, 25, 2), 10, "GMT", 1, 0),
)
"""The changes of the clock: from when, in which month (its last Sunday), hours before and after."""


class CalendarFile(NamedTuple):
    """A .ics, and what was sent with it by UID, for the next."""

    data: bytes
    sent: Mapping[str, SentEvent]


class _Event(NamedTuple):
    """An event before it is written; `until` None: how long it takes isn't known."""

    uid: str
    title: str
    first: date
    until: date | None
    told: tuple[tuple[str, str], ...] = ()

    @property
    def mark(self) -> str:
        """A short checksum of the event: another one once anything of it has changed."""
        return hashlib.sha256(repr(self[1:]).encode()).hexdigest()[:16]


def write(
    activities: Iterable[Activity],
    *,
    people: bool = False,
    made: datetime,
    sent: Mapping[str, SentEvent] | None = None,
    whole: bool = False,
    name: str = NAME,
) -> CalendarFile:
    """The activities' sessions and deadlines as a .ics; what was declined isn't in it.

    Args:
        activities: One or all.
        people: With the names of who attends.
        made: When the file is made.
        sent: What earlier files had, by UID.
        whole: Whether `activities` are all of the plan: what else was sent is then cancelled.
        name: What the calendar is called.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Navigator//Plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, cleaning.plain(name))
    activities = tuple(activities)
    stamp = made.astimezone(UTC).replace(microsecond=0)
    oldest = (made - timedelta(days=KEPT_DAYS)).date().isoformat()
    before = {uid: one for uid, one in (sent or {}).items() if one.starts >= oldest}
    events = {event.uid: event for a in activities for event in _events(a, people=people)}
    ours = tuple(f"{a.id}-" for a in activities)
    gone = [
        _of_sent(uid, one)
        for uid, one in before.items()
        if uid not in events and (whole or uid.startswith(ours))
    ]
    now = dict(before)
    for event, cancelled in (*((e, False) for e in events.values()), *((e, True) for e in gone)):
        now[event.uid] = _sending(event, before.get(event.uid), stamp, cancelled=cancelled)
    every = [*events.values(), *gone]
    if any(isinstance(event.first, datetime) for event in every):
        calendar.add_component(_zone())
    for event in every:
        calendar.add_component(_written(event, now[event.uid], stamp))
    return CalendarFile(calendar.to_ical(), now)


def _events(activity: Activity, *, people: bool) -> Iterator[_Event]:
    if activity.status is Status.DECLINED:
        return
    title = cleaning.plain(activity.title)
    for session in activity.sessions:
        first, until = _moments(session)
        takes_day = session.start is not None or session.in_school_hours
        told = (
            ("status", "TENTATIVE" if activity.status in AHEAD else "CONFIRMED"),
            ("location", cleaning.plain(session.place)),
            ("description", _told(activity, session, people=people)),
            ("transp", "" if takes_day else "TRANSPARENT"),
        )
        yield _Event(f"{activity.id}-{session.id}@{DOMAIN}", title, first, until, told)
    if activity.closes and activity.status in AHEAD:
        day, uid = activity.closes, f"{activity.id}-closes@{DOMAIN}"
        until, free = day + timedelta(days=1), (("transp", "TRANSPARENT"),)
        yield _Event(uid, f"Recruitment closes: {title}", day, until, free)


def _of_sent(uid: str, one: SentEvent) -> _Event:
    """What was sent and is no more: its title and its day or start are what a calendar needs."""
    if "T" in one.starts:
        begins = datetime.fromisoformat(one.starts)
        first, _ = _moments(Session("", begins.date(), begins.time()))
        return _Event(uid, one.title, first, None)
    day = date.fromisoformat(one.starts)
    return _Event(uid, one.title, day, day + timedelta(days=1))


def _sending(
    event: _Event, before: SentEvent | None, stamp: datetime, *, cancelled: bool
) -> SentEvent:
    """What is sent of an event; its number goes up and its time changes only where it differs."""
    if before and before.cancelled and cancelled:
        return before
    mark = before.mark if before and cancelled else event.mark
    if before and before.cancelled == cancelled and before.mark == mark:
        return before
    number = before.sequence + 1 if before else 0
    first = event.first
    if isinstance(first, datetime):
        from zoneinfo import ZoneInfo

        first = first.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    return SentEvent(event.title, first.isoformat(), mark, number, stamp.isoformat(), cancelled)


def _written(event: _Event, sent: SentEvent, stamp: datetime) -> Any:
    from icalendar import Event

    made = Event()
    made.add("uid", event.uid)
    made.add("summary", event.title)
    made.add("dtstart", event.first)
    if event.until is not None:
        made.add("dtend", event.until)
    made.add("dtstamp", stamp)
    made.add("last-modified", datetime.fromisoformat(sent.modified))
    made.add("sequence", sent.sequence)
    for name, text in event.told:
        if text:
            made.add(name, text)
    if sent.cancelled:
        made.add("status", "CANCELLED")
    return made


def _zone() -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", ZONE)
    for kind, since, month, name, before, after in _CHANGES:
        part = TimezoneDaylight() if kind == "DAYLIGHT" else TimezoneStandard()
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(part)
    return zone


def _moments(session: Session) -> tuple[date, date | None]:
    """From when to when a session is: two moments, the first alone where its length isn't known, or
    two days where no time is."""
    from zoneinfo import ZoneInfo

    if session.start is None:
        return session.date, session.date + timedelta(days=1)
    zone = ZoneInfo(ZONE)
    # By way of UTC: a time that the clocks leap over becomes one that there is, and a session that
    # spans a change is as long as it says.
    begin = datetime.combine(session.date, session.start, zone).astimezone(UTC)
    end = begin + timedelta(minutes=session.minutes or 0)
    begins, ends = begin.astimezone(zone), end.astimezone(zone)
    if begins.fold or ends.fold:  # the hour that there is twice: by the zone the first is meant
        begins, ends = begin, end
    return begins, ends if session.minutes else None


def _told(activity: Activity, session: Session, *, people: bool) -> str:
    who = attendees_text(activity.attending(session), names=people)
    told = [
        f"Provider: {activity.provider_name}" if activity.provider_name else "",
        f"Attends: {who}" if who else "",
        f"Status: {activity.status}",
        "In school hours" if session.in_school_hours else "",
        "How long it takes isn't known" if session.start and not session.minutes else "",
        f"Source: {activity.source}" if activity.source else "",
    ]
    return "\n".join(cleaning.plain(text) for text in told if text)
