"""Cover, week by week: as a tab of the plan, and as a sheet for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.record import OwnRecord
from navigator.domain.plan import clashes, cover, cover_sheet
from navigator.domain.plan import year as years
from navigator.domain.plan.cover_sheet import CoverWeek, HalfDay, OutSession
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.domain.plan.session_words import hours
from navigator.view.documents import Document, Grid
from navigator.view.parts import TO_SETTINGS, copied
from navigator.view.plan_money import how_said
from navigator.view.record_sections import activity_card
from navigator.view.sections import Column, Entry, Section

NOBODY = (
    "Nobody is out of class in school hours, as far as the plan says. A session that is “in school "
    "hours” takes who attends it out."
)
HOW = (
    "Out of class is who attends a session in school hours on a day of school. What isn't known is "
    "told, never guessed."
)
HOW_MOST = f"{cover_sheet.NOT_SET} It is set in Settings."
MORNING_WORDS = {cover.MORNING: "Morning", cover.AFTERNOON: "Afternoon"}


def sections(
    record: OwnRecord, year: int, most_out: int | None, schools: PlanSchools = ALONE
) -> Iterable[Section]:
    """The weeks of a year in which anybody is out of class, a section each; school by school."""
    found = [
        (name, week)
        for name, own in schools.apart(record)
        for week in cover_sheet.in_england(own.activities, own.days, year, most_out)
    ]
    if not found:
        yield Section(f"Who is out of class, {years.name(year)}", empty=NOBODY)
        return
    after = clashes.bank_holidays_end(record.activities)
    for n, (name, week) in enumerate(found):
        lead = keys = ""
        if n == 0:
            lead = HOW if most_out is not None else f"{HOW} {HOW_MOST}"
            keys = "" if most_out is not None else TO_SETTINGS
        last = after if n == len(found) - 1 else ""
        title = wording.joined(name, week.title, week.term, sign=", ")
        lines = tuple(_lines(week, _most(week)))
        section = Section(title, lines, lead=lead, after=last, keys=keys)
        first = name not in [before for before, _ in found[:n]]
        yield how_said(section, [name]) if first else section


def week_lines(
    record: OwnRecord, monday: date, most_out: int | None, schools: PlanSchools = ALONE
) -> Iterable[Entry]:
    """Who is out in the week from a Monday, as lines; school by school."""
    for name, own in schools.apart(record):
        for week in cover_sheet.week_of(own.activities, own.days, monday, most_out):
            yield from _lines(week, _most(week) or HOW_MOST, name)


def _most(week: CoverWeek) -> str:
    """Whether more are out than may be; "" where the head set no number: that is said once."""
    return week.most_words if week.most is not None else ""


def _lines(week: CoverWeek, most: str, school: str = "") -> Iterator[Entry]:
    """What is said of the week, which leads to it; then a line a session and half day."""
    total = f"{week.total_words}."
    said = wording.joined(school, wording.joined(total, most, sign=" "), sign=": ")
    yield Entry(said, "Week", card=copied(said)._replace(key=_key(week)), fact=True)
    for half in week.halves:
        for n, one in enumerate(half.out):
            yield Entry(
                one.who(names=True),
                "" if n else cover_sheet.short_half(half),
                right="" if n else half.words,
                detail=wording.joined(
                    one.held.activity.title, *one.notes, f"release: {one.release}"
                ),
                card=activity_card(one.held.activity),
            )
    for text in week.apart:
        yield Entry(text, card=copied(text)._replace(key=_key(week)), quiet=True)


def _key(week: CoverWeek) -> Key:
    return Key.of("plan-week", week.first.isoformat())


def document(week: CoverWeek, *, of: str, people: bool) -> Document:
    """A week's cover sheet. Names of people only where asked for; `of` is the school's name."""
    days = [week.halves[n : n + 2] for n in range(0, len(week.halves), 2)]
    parts = tuple(
        (wording.weekday(halves[0].day), tuple(_day_rows(halves, people=people))) for halves in days
    )
    said = (week.total_words + ".", week.most_words, *week.apart)
    lines = Section("", tuple(map(Entry, said)))
    return Document(
        f"Cover, {week.title[:1].lower()}{week.title[1:]}",
        (Column("This week", (lines,)),),
        "cover",
        of=of,
        lead=(f"{week.term}. {HOW}",),
        licensed=False,
        id=f"week-{week.first.isoformat()}",
        note=week.total_words,
        grid=Grid(("When", "Who is out", "For what", "Release", "Covered by"), parts, "day"),
    )


def _day_rows(halves: Sequence[HalfDay], *, people: bool) -> Iterator[tuple[str, ...]]:
    """A day's rows: just one where nobody is out on it."""
    if any(half.out for half in halves):
        for half in halves:
            yield from _rows(half, people=people)
        return
    closed = halves[0].closed
    yield "All day", f"no classes: {closed}" if closed else "nobody", "", "", ""


def _rows(half: HalfDay, *, people: bool) -> Iterator[tuple[str, ...]]:
    """A row a session; one that says so where nobody is out. The last cell is to be written in."""
    named = half.named() if people else ""
    when = "\n".join(t for t in (MORNING_WORDS[half.half], half.words, named) if t)
    if not half.out:
        yield when, "nobody", "", "", ""
    for n, one in enumerate(half.out):
        what = one.held.activity.title
        cells = (one.who(names=people), f"{what}\n{_about(one)}", one.release, "")
        yield (f"{MORNING_WORDS[half.half]}, too" if n else when, *cells)


def _about(one: OutSession) -> str:
    """ "09:30 to 11:00, online, considering, not yet confirmed"."""
    session = one.held.session
    return ", ".join(
        t
        for t in (
            hours(session),
            session.place,
            *one.notes,
        )
        if t
    )
