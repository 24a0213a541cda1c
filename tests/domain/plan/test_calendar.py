"""The plan as a calendar, as other programs read it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import ics
import pytest
import vobject
from dateutil import tz
from ical.calendar_stream import IcsCalendarStream

from navigator.core.activity import Activity, Status
from navigator.core.session import Session
from navigator.domain.plan import calendar
from navigator.records import RecordStore
from tests.tools import random_plans

MADE = datetime(2026, 11, 25, 9, tzinfo=UTC)

Told = dict[str, tuple[str | None, date | None, date | None]]
"""By UID an event's title, start and end: days, or moments in UTC."""


def by_vobject(data: str) -> Told:
    found: Told = {}
    for event in getattr(vobject.readOne(data), "vevent_list", []):
        end = event.dtend.value if hasattr(event, "dtend") else None
        found[event.uid.value] = event.summary.value, _utc(event.dtstart.value), _utc(end)
    return found


def by_ical(data: str) -> Told:
    events = IcsCalendarStream.calendar_from_ics(data).events
    return {e.uid: (e.summary, _utc(e.dtstart), _utc(e.dtend)) for e in events}


def by_ics(data: str) -> Told:
    """It has no moment without an end, and days as their midnights."""
    found: Told = {}
    for event in ics.Calendar(data).events:
        begin, end = event.begin.datetime, event.end.datetime
        if event.all_day:
            found[event.uid] = event.name, begin.date(), end.date()
        else:
            found[event.uid] = event.name, _utc(begin), None if begin == end else _utc(end)
    return found


def _utc(moment: date | None) -> date | None:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).replace(tzinfo=None)
    return moment


def wanted(plan: list[Activity]) -> Told:
    found: Told = {}
    for a in plan:
        if a.status is Status.DECLINED:
            continue
        for s in a.sessions:
            first: date = s.date
            until: date | None = s.date + timedelta(days=1)
            if s.start:
                london = tz.gettz("Europe/London")
                begin = tz.resolve_imaginary(datetime.combine(s.date, s.start, london))
                first = begin.astimezone(UTC).replace(tzinfo=None)
                until = first + timedelta(minutes=s.minutes) if s.minutes else None
            found[f"{a.id}-{s.id}@navigator"] = a.title, first, until
        if a.closes and a.status in (Status.CONSIDERING, Status.APPLIED):
            day, title = a.closes, f"Recruitment closes: {a.title}"
            found[f"{a.id}-closes@navigator"] = title, day, day + timedelta(days=1)
    return found


@pytest.mark.parametrize(("parse", "plans"), [(by_vobject, 100), (by_ical, 100), (by_ics, 20)])
def test_plans_of_chance_are_read_by_others_with_nothing_lost(
    parse: Callable[[str], Told], plans: int
) -> None:
    # As one calendar of a hundred plans: each event is still its own. (The last reads slowly.)
    plan = [a for number in range(plans) for a in random_plans.plan(number)]
    data = calendar.write(plan, made=MADE).data.decode()
    assert parse(data) == wanted(plan)


def test_the_zone_is_two_rules_by_which_alone_every_time_of_a_year_is_right() -> None:
    day, plan = date(2026, 3, 1), []
    while day < date(2027, 4, 30):
        plan.append(
            Activity(f"a-{day:%m%d%y}", "T", sessions=(Session("s", day, time(9, 30), 60),))
        )
        day += timedelta(days=1)
    text = calendar.write(plan, made=MADE).data.decode()
    assert "RDATE" not in text
    (zone,) = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", text, re.DOTALL)
    assert text.index(zone) < text.index("BEGIN:VEVENT")
    assert zone.count("RRULE:") == 2
    by_rules = tz.tzical(io.StringIO(zone.replace("\r\n", "\n"))).get("Europe/London")
    for found in re.findall(r"DTSTART;TZID=Europe/London:(\d{8}T\d{6})", text):
        moment = datetime.strptime(found, "%Y%m%dT%H%M%S")
        assert (
            moment.replace(tzinfo=by_rules).utcoffset()
            == moment.replace(tzinfo=tz.gettz("Europe/London")).utcoffset()
        )


def told(data: bytes) -> Iterator[tuple[str, str, str, str]]:
    """(UID, SEQUENCE, LAST-MODIFIED, STATUS) of each event."""
    for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", data.decode(), re.DOTALL):
        names = ("UID", "SEQUENCE", "LAST-MODIFIED", "STATUS")
        found = (re.search(rf"^{name}:(.*?)\r?$", event, re.MULTILINE) for name in names)
        # One for each of the four names
        yield tuple(f[1].removesuffix("@navigator") if f else "" for f in found)  # type: ignore[misc]


def test_what_changed_goes_up_and_what_is_no_more_is_cancelled(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    one = Activity(
        "a-1", "One", status=Status.CONFIRMED, attends=(),
        sessions=(
            Session("s-1", date(2026, 12, 3), time(9), 60), Session("s-2", date(2026, 12, 4)),
        ),
    )  # fmt: skip
    two = Activity("a-2", "Two", closes=date(2026, 12, 10))

    def sent(*plan: Activity, hours: int, whole: bool = True) -> list[tuple[str, str, str, str]]:
        made = MADE + timedelta(hours=hours)
        file = calendar.write(plan, made=made, sent=store.sent_events(), whole=whole)
        store.remember_sent(file.sent)
        return list(told(file.data))

    first, second = "20261125T090000Z", "20261125T100000Z"
    begun = [
        ("a-1-s-1", "0", first, "CONFIRMED"),
        ("a-1-s-2", "0", first, "CONFIRMED"),
        ("a-2-closes", "0", first, ""),
    ]
    assert sent(one, two, hours=0) == begun
    assert sent(one, two, hours=1) == begun
    moved = one._replace(sessions=(one.sessions[0]._replace(start=time(10)),))
    changed = [
        ("a-1-s-1", "1", second, "CONFIRMED"),
        ("a-1-s-2", "1", second, "CANCELLED"),
    ]
    assert sent(moved, hours=1, whole=False) == changed
    third = "20261125T110000Z"
    gone = ("a-2-closes", "1", third, "CANCELLED")
    assert sent(moved, hours=2) == [*changed, gone]
    assert sent(moved, hours=9) == [*changed, gone]
    back = sent(one, two, hours=3)
    assert [(uid, number, status) for uid, number, _, status in back] == [
        ("a-1-s-1", "2", "CONFIRMED"),
        ("a-1-s-2", "2", "CONFIRMED"),
        ("a-2-closes", "2", ""),
    ]
    declined = sent(one._replace(status=Status.DECLINED), two, hours=4)
    assert [status for _, _, _, status in declined] == ["", "CANCELLED", "CANCELLED"]
    later = calendar.write(
        [two], made=MADE + timedelta(days=500), sent=store.sent_events(), whole=True
    )
    assert [uid for uid, *_ in told(later.data)] == ["a-2-closes"]
    (tmp_path / "sent-calendar.json").write_text('{"x": {"title": 1}}', "utf-8")
    assert store.sent_events() == {}


def test_the_calendar_has_a_name_and_a_start_without_a_length_keeps_its_start() -> None:
    plan = [Activity("a-1", "One", sessions=(Session("s-1", date(2026, 7, 3), time(9)),))]
    text = calendar.write(plan, made=MADE, name="Maths 2026-27").data.decode()
    assert "\r\nNAME:Maths 2026-27\r\n" in text
    assert "\r\nX-WR-CALNAME:Maths 2026-27\r\n" in text
    assert "\r\nDTSTART;TZID=Europe/London:20260703T090000\r\n" in text
    assert "DTEND" not in text
    assert "How long it takes isn't known" in text
