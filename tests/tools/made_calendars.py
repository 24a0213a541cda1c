"""Thirty calendars in the manner of Outlook, Google, Apple, councils' and schools' sites, made up.

Each with what is to become of it: what is taken, and what is shown and asked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

Days = tuple[str, str, str]
"""A title, the first day and the last, as ISO has them."""


class MadeCalendar(NamedTuple):
    """A file, and by it the days that are `taken` ("holiday 2026-10-26 2026-10-30"), the titles of
    those that are `asked`, and words of what is said."""

    name: str
    data: bytes
    taken: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


HALF: Days = ("Autumn half term", "2026-10-26", "2026-10-30")
INSET: Days = ("INSET day", "2026-09-01", "2026-09-01")
HALF_TAKEN, INSET_TAKEN = "holiday 2026-10-26 2026-10-30", "inset 2026-09-01 2026-09-01"


def wrapped(*events: str, head: str = "", end: str = "\r\n") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.splitlines()]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().splitlines(), "END:VEVENT"]
    return end.join([*lines, "END:VCALENDAR", ""])


def _stamp(day: str) -> str:
    return day.replace("-", "")


def _after(day: str) -> str:
    return _stamp((date.fromisoformat(day) + timedelta(days=1)).isoformat())


OUTLOOK_HEAD = """PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
METHOD:PUBLISH
X-WR-CALNAME:School"""

OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16011028T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:-0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:-0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE"""


def outlook(*days: Days, zone: str = "GMT Standard Time", defined: bool = True) -> str:
    """Whole days as midnights in a zone of Windows' names."""
    events = (
        f"""CLASS:PUBLIC
DTEND;TZID="{zone}":{_after(last)}T000000
DTSTART;TZID="{zone}":{_stamp(first)}T000000
PRIORITY:5
SEQUENCE:0
SUMMARY;LANGUAGE=en-gb:{title}
TRANSP:TRANSPARENT
UID:040000008200E00074C5B7101A82E008{number:08}
X-MICROSOFT-CDO-BUSYSTATUS:FREE
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"""
        for number, (title, first, last) in enumerate(days)
    )
    return wrapped(*events, head=OUTLOOK_HEAD + ("\n" + OUTLOOK_ZONE if defined else ""))


def google(*days: Days, more: str = "") -> str:
    events = (
        f"""DTSTART;VALUE=DATE:{_stamp(first)}
DTEND;VALUE=DATE:{_after(last)}
DTSTAMP:20260901T080000Z
UID:{number}abc@google.com
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:{title}
TRANSP:TRANSPARENT
{more}"""
        for number, (title, first, last) in enumerate(days)
    )
    return wrapped(
        *events,
        head="PRODID:-//Google Inc//Google Calendar 70.9054//EN\nCALSCALE:GREGORIAN\n"
        "X-WR-CALNAME:School\nX-WR-TIMEZONE:Europe/London",
    )


def apple(*days: Days) -> str:
    events = (
        f"""CREATED:20260801T101010Z
UID:5F2C-{number}
DTEND;VALUE=DATE:{_after(last)}
SUMMARY:{title}
DTSTART;VALUE=DATE:{_stamp(first)}
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
BEGIN:VALARM
ACTION:NONE
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
END:VALARM"""
        for number, (title, first, last) in enumerate(days)
    )
    return wrapped(*events, head="PRODID:-//Apple Inc.//macOS 14.5//EN")


def council(*days: Days, end: str = "\n") -> str:
    """Without ids, with an end that is the day after, and lines that end as Unix has them."""
    events = (
        f"SUMMARY:{title}\nDTSTART;VALUE=DATE:{_stamp(first)}\nDTEND;VALUE=DATE:{_after(last)}"
        for title, first, last in days
    )
    return wrapped(*events, head="PRODID:-//council//term dates//EN", end=end)


def _one(event: str) -> bytes:
    return wrapped(event, head="PRODID:x").encode()


UPDATED = """UID:1
SUMMARY:INSET day
SEQUENCE:{}
DTSTART;VALUE=DATE:202609{:02}"""

YEAR = (
    ("Autumn Term", "2026-09-03", "2026-12-18"),
    ("Autumn Half Term", "2026-10-26", "2026-10-30"),
    ("Christmas Holidays", "2026-12-21", "2027-01-01"),
    ("Spring Term", "2027-01-04", "2027-03-25"),
    ("Spring Half Term", "2027-02-15", "2027-02-19"),
    ("Easter", "2027-03-26", "2027-04-09"),
    ("Summer Term", "2027-04-12", "2027-07-21"),
    ("May Day Bank Holiday", "2027-05-03", "2027-05-03"),
    ("Summer Holidays", "2027-07-22", "2027-08-31"),
)
YEAR_TAKEN = (
    "term 2026-09-03 2026-12-18",
    HALF_TAKEN,
    "holiday 2026-12-21 2027-01-01",
    "term 2027-01-04 2027-03-25",
    "holiday 2027-02-15 2027-02-19",
    "holiday 2027-03-26 2027-04-09",
    "term 2027-04-12 2027-07-21",
    "holiday 2027-05-03 2027-05-03",
    "holiday 2027-07-22 2027-08-31",
)

CALENDARS = (
    MadeCalendar("outlook midnights", outlook(HALF, INSET).encode(), (INSET_TAKEN, HALF_TAKEN)),
    MadeCalendar(
        "outlook zone not in the file",
        outlook(HALF, INSET, defined=False).encode(),
        (INSET_TAKEN, HALF_TAKEN),
    ),
    MadeCalendar(
        "outlook zone by its old long name",
        outlook(HALF, zone="(UTC+00:00) Dublin, Edinburgh, Lisbon, London", defined=False).encode(),
        (HALF_TAKEN,),
    ),
    MadeCalendar(
        "outlook midnights in UTC, in summer time",
        _one(
            "UID:1\nSUMMARY:INSET\nDTSTART:20260831T230000Z\nDTEND:20260901T230000Z\n"
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
        ),
        (INSET_TAKEN,),
    ),
    MadeCalendar(
        "outlook over a change of the clock",
        _one("UID:1\nSUMMARY:Half term\nDTSTART:20261023T230000Z\nDTEND:20261102T000000Z"),
        ("holiday 2026-10-24 2026-11-01",),
    ),
    MadeCalendar(
        "outlook on the web, to a minute before midnight",
        _one("UID:1\nSUMMARY:PD Day\nDTSTART:20260901T000000\nDTEND:20260901T235900"),
        (INSET_TAKEN,),
    ),
    MadeCalendar(
        "outlook with a mark and in UTF-16", outlook(HALF).encode("utf-16"), (HALF_TAKEN,)
    ),
    MadeCalendar(
        "outlook's cancelled meeting",
        wrapped(
            "UID:1\nSUMMARY:INSET day\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260901",
            "UID:2\nSUMMARY:Half term\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261031",
            head=OUTLOOK_HEAD,
        ).encode(),
        (HALF_TAKEN,),
        (),
        ("1 event cancelled",),
    ),
    MadeCalendar(
        "a file that cancels",
        wrapped(
            "UID:1\nSUMMARY:INSET day\nDTSTART;VALUE=DATE:20260901", head="METHOD:CANCEL"
        ).encode(),
        (),
        (),
        ("1 event cancelled",),
    ),
    MadeCalendar(
        "an event moved twice, the versions out of order",
        wrapped(*(UPDATED.format(n, day) for n, day in ((1, 2), (2, 1), (0, 3)))).encode(),
        (INSET_TAKEN,),
        (),
        ("2 events left out that a newer version",),
    ),
    MadeCalendar(
        "an event whose newest version is cancelled",
        wrapped(UPDATED.format(0, 1), UPDATED.format(1, 1) + "\nSTATUS:CANCELLED").encode(),
        (),
        (),
        ("1 event cancelled", "1 event left out that a newer version"),
    ),
    MadeCalendar("google", google(HALF, INSET).encode(), (INSET_TAKEN, HALF_TAKEN)),
    MadeCalendar("google's whole year", google(*YEAR).encode(), YEAR_TAKEN),
    MadeCalendar(
        "google with meetings and a fair",
        google(
            INSET,
            ("Christmas Fair", "2026-12-05", "2026-12-05"),
            ("Year 6 SATs", "2027-05-10", "2027-05-13"),
        )
        .replace(
            "END:VCALENDAR",
            "BEGIN:VEVENT\r\nUID:z\r\nSUMMARY:Governors\r\n"
            "DTSTART:20261102T180000Z\r\nDTEND:20261102T193000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
        )
        .encode(),
        (INSET_TAKEN,),
        ("Christmas Fair", "Year 6 SATs"),
        ("1 event with a time of day",),
    ),
    MadeCalendar(
        "google's bank holidays, each recurring",
        google(("Boxing Day", "2026-12-26", "2026-12-26"), more="RRULE:FREQ=YEARLY").encode(),
        ("holiday 2026-12-26 2026-12-26",),
        (),
        ("1 event said to recur",),
    ),
    MadeCalendar(
        "google, a length in the place of an end",
        _one("UID:1\nSUMMARY:Half term\nDTSTART;VALUE=DATE:20261026\nDURATION:P5D"),
        (HALF_TAKEN,),
    ),
    MadeCalendar("apple", apple(HALF, INSET).encode(), (INSET_TAKEN, HALF_TAKEN)),
    MadeCalendar("apple with a mark", b"\xef\xbb\xbf" + apple(HALF).encode(), (HALF_TAKEN,)),
    MadeCalendar(
        "apple, folded lines and escaped signs",
        _one(
            "UID:1\nSUMMARY:Half term\\, school closed\\; see the very long notes of the offi\n"
            " ce for more\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261031"
        ),
        (HALF_TAKEN,),
    ),
    MadeCalendar(
        "apple, clubs and returns",
        apple(
            ("Holiday club", "2026-10-26", "2026-10-30"),
            ("Pupils return", "2026-11-02", "2026-11-02"),
        ).encode(),
        (),
        ("Holiday club", "Pupils return"),
    ),
    MadeCalendar("a council's year", council(*YEAR).encode(), YEAR_TAKEN),
    MadeCalendar(
        "a council's terms by what begins and ends",
        council(
            ("Autumn term starts", "2026-09-02", "2026-09-02"),
            ("Autumn term ends", "2026-12-18", "2026-12-18"),
            HALF,
        ).encode(),
        (HALF_TAKEN,),
        ("Autumn term starts", "Autumn term ends"),
    ),
    MadeCalendar(
        "a council's six terms",
        council(
            ("Term 1", "2026-09-02", "2026-10-23"),
            ("Term 2", "2026-11-02", "2026-12-18"),
            ("Half term", "2026-10-26", "2026-10-30"),
            ("HT3", "2027-01-04", "2027-02-12"),
        ).encode(),
        (
            "term 2026-09-02 2026-10-23",
            HALF_TAKEN,
            "term 2026-11-02 2026-12-18",
            "term 2027-01-04 2027-02-12",
        ),
    ),
    MadeCalendar(
        "a council's two weeks in October, in the code of Windows",
        council(("Half–term holiday", "2026-10-19", "2026-10-30"), end="\r\n").encode("cp1252"),
        ("holiday 2026-10-19 2026-10-30",),
    ),
    MadeCalendar(
        "a council's occasional and closed days",
        council(
            ("Occasional Day", "2026-11-27", "2026-11-27"),
            ("School closed: polling day", "2027-05-06", "2027-05-06"),
        ).encode(),
        ("holiday 2026-11-27 2026-11-27", "holiday 2027-05-06 2027-05-06"),
    ),
    MadeCalendar(
        "a school's staff days, by many names",
        council(
            ("PD Day", "2026-09-01", "2026-09-01"),
            ("CPD 2", "2026-11-02", "2026-11-02"),
            ("Non-pupil day", "2027-01-04", "2027-01-04"),
            ("Staff Training Day", "2027-04-12", "2027-04-12"),
            ("First day of term (INSET - no pupils)", "2027-06-07", "2027-06-07"),
            ("CPD twilight", "2027-06-08", "2027-06-08"),
        ).encode(),
        tuple(
            f"inset {day} {day}"
            for day in ("2026-09-01", "2026-11-02", "2027-01-04", "2027-04-12", "2027-06-07")
        ),
        ("CPD twilight",),
    ),
    MadeCalendar(
        "a school's two calendars in one file, and the same day twice",
        (council(HALF, INSET) + apple(HALF)).encode(),
        (INSET_TAKEN, HALF_TAKEN),
        (),
        ("1 event left out that you have already",),
    ),
    MadeCalendar(
        "a school's odd dates",
        wrapped(
            "UID:1\nSUMMARY:Half term\nDTSTART;VALUE=DATE:20261030\nDTEND;VALUE=DATE:20301026",
            "UID:2\nSUMMARY:No date",
            "UID:3\nSUMMARY:Half term\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261031",
        ).encode(),
        (HALF_TAKEN,),
        (),
        ("2 events without good dates",),
    ),
    MadeCalendar(
        "a school's year as one event, and a title that is none",
        council(
            ("Academic year", "2026-09-01", "2027-07-21"), ("", "2026-11-05", "2026-11-05")
        ).encode(),
        (),
        ("Academic year", ""),
    ),
    MadeCalendar(
        "a trust's midnights in another zone",
        _one(
            "UID:1\nSUMMARY:Half term\nDTSTART;TZID=Europe/Paris:20261026T000000\n"
            "DTEND;TZID=Europe/Paris:20261031T000000"
        ),
        (HALF_TAKEN,),
    ),
)
