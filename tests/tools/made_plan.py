"""A made-up plan of professional learning, for tests and pictures: no person's name in it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

from navigator.core.activity import Activity, Budget, Kind, PlanDay, Status
from navigator.core.keys import Key
from navigator.core.session import Attendee, Session
from navigator.records import RecordStore

HUB = Key("hub:maths-hub/east-midlands-west")
LEAD, YEAR_2, RECEPTION = Attendee("Maths lead"), Attendee("Year 2"), Attendee("Reception")


def session(day: date, start: time | None = time(13, 30), hours: bool = True) -> Session:
    return Session("", day, start, 120 if start else None, hours, "online" if start else "")


ACTIVITIES = (
    Activity(
        "",
        "Mastering Number",
        HUB,
        "East Midlands West",
        Kind.NETWORK,
        "mastering-number",
        Status.CONFIRMED,
        ("Reception teacher",),
        ("Reception", "Year 1", "Year 2"),
        (RECEPTION,),
        tuple(session(d) for d in (date(2026, 10, 8), date(2026, 12, 3), date(2027, 2, 4))),
        Decimal("1.5"),
        Decimal(0),
        Decimal(300),
        parts=("teaching", "learning"),
        quality=("duration", "active"),
        mechanisms=("knowledge",),
        source="https://www.example.org/mastering-number",
        checked=date(2026, 9, 2),
    ),
    Activity(
        "",
        "Work group: fractions",
        HUB,
        "East Midlands West",
        Kind.NETWORK,
        "work-group",
        Status.CONSIDERING,
        attends=(LEAD, YEAR_2),
        sessions=(session(date(2026, 12, 3), time(13)), session(date(2027, 3, 11))),
        release_days=Decimal(2),
        fee=Decimal(150),
        penalty=Decimal(75),
        opens=date(2026, 11, 9),
        closes=date(2026, 12, 1),
        checked=date(2026, 7, 1),
        parts=("approaches",),
        trial=True,
    ),
    Activity(
        "",
        "Lesson study in Key Stage 2",
        Key(""),
        "Own staff",
        Kind.WITHIN_SCHOOL,
        "lesson-study",
        Status.UNDER_WAY,
        attends=(LEAD,),
        sessions=(session(date(2026, 10, 28), None), session(date(2027, 1, 4), None)),
        release_days=Decimal(3),
        quality=("collective",),
    ),
    Activity("", "NPQ Leading Primary Mathematics", programme="npq-lpm", year=2026),
)

DAYS = (
    PlanDay("", "Autumn half term", "holiday", date(2026, 10, 26), date(2026, 10, 30)),
    PlanDay("", "Christmas", "holiday", date(2026, 12, 21), date(2027, 1, 1)),
    PlanDay("", "INSET", "inset", date(2027, 1, 4), date(2027, 1, 4)),
)


def write(folder: Path) -> RecordStore:
    """Put the plan into a config folder, with a school and a supply rate."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text("school = 139217\nsupply_rate = 210\n", "utf-8")
    records = RecordStore(folder)
    for activity in ACTIVITIES:
        records.add(activity)
    records.take_in(DAYS)
    records.add(Budget("", 2026, Decimal(2_000)))
    return records
