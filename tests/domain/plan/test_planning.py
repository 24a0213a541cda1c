"""The plan's views: years, terms, clashes, money, coverage, table and calendar."""

from __future__ import annotations

import itertools
import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from navigator.core import dates
from navigator.core.activity import Activity, Kind, PlanDay, Status
from navigator.core.errors import RefusedError
from navigator.core.keys import NO_BODY, Key
from navigator.core.session import Attendee, Session, attendees
from navigator.core.texts import tidy
from navigator.domain.plan import (
    calendar,
    calendar_read,
    clashes,
    coverage,
    listing,
    money,
    programmes,
    table,
    table_merge,
    table_read,
)
from navigator.domain.plan import year as years

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
NEAR = st.dates(date(2026, 10, 20), date(2026, 10, 27))
PEOPLE = st.sampled_from(
    [Attendee("Maths lead"), Attendee("Maths lead", "A"), Attendee("Year 1"), Attendee("", "B")]
)
WHO = st.lists(PEOPLE, max_size=2, unique=True).map(tuple)
TIMES = st.none() | st.sampled_from([time(9), time(10, 30), time(13), time(23, 30)])


@st.composite
def sessions(draw: st.DrawFn, days: st.SearchStrategy[date] = NEAR) -> tuple[Session, ...]:
    held = (
        Session(
            f"s{n}",
            draw(days),
            draw(TIMES),
            draw(st.none() | st.sampled_from([60, 90, 600])),
            draw(st.sampled_from([True, False, None])),
            "",
            draw(WHO),
        )
        for n in range(draw(st.integers(0, 4)))
    )
    return tuple(sorted(held, key=lambda session: session.order))


@st.composite
def plans(draw: st.DrawFn) -> list[Activity]:
    return [
        Activity(
            f"a{n}",
            f"T{n}",
            kind=draw(st.sampled_from([*Kind, ""])),
            status=draw(st.sampled_from(list(Status))),
            attends=draw(WHO),
            sessions=draw(sessions()),
        )
        for n in range(draw(st.integers(0, 4)))
    ]


@given(DAYS)
def test_every_day_is_in_one_year_one_week_and_one_term(day: date) -> None:
    year = years.year_of(day)
    first, last = years.span(year)
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (9, 1, 8, 31)
    weeks = [m for m in years.mondays(year) if m <= day <= m + timedelta(days=6)]
    assert len(weeks) == 1
    (term,) = [t for t in years.terms(year) if t.first <= day <= t.last]
    assert years.term_of(day, years.terms(year)) == term.name
    assert dates.academic_year(years.name(year)) == year


def test_a_leap_day_is_in_the_spring_term_and_bad_years_are_refused() -> None:
    assert years.year_of(date(2028, 2, 29)) == 2027
    assert years.term_of(date(2028, 2, 29), years.terms(2027)) == "Spring term"
    own = [PlanDay("t", "Term 4", "term", date(2028, 2, 21), date(2028, 3, 31))]
    assert years.term_of(date(2028, 2, 29), years.terms(2027, own)) == "Term 4"
    assert years.name(2099) == "2099-00"
    for text in ("2026-28", "26", "", "next", "٢٠٢٦"):
        with pytest.raises(RefusedError):
            dates.academic_year(text)


def brute(plan: list[Activity], days: list[PlanDay], most: int | None) -> set[tuple[object, ...]]:
    """Every pair looked at, every day looked at: slow and plain."""
    live = [a for a in plan if a.status is not Status.DECLINED]
    person = clashes.persons(live)
    every = [(a, s) for a in live for s in a.sessions]

    def own_of(day: date) -> PlanDay | None:
        on = [d for d in days if d.kind != "term" and d.first <= day <= d.last]
        return next((d for d in on if d.kind == "holiday"), on[0] if on else None)

    found: set[tuple[object, ...]] = set()
    for (a, s), (b, t) in itertools.combinations(every, 2):
        if s.span[0] < t.span[1] and t.span[0] < s.span[1]:
            both = {person(p) for p in a.attending(s)} & {person(p) for p in b.attending(t)}
            found |= {("person", frozenset({(a.id, s.id), (b.id, t.id)}), who) for who in both}
    for a, s in every:
        own = own_of(s.date)
        if own and not (own.kind == "inset" and a.kind == Kind.WITHIN_SCHOOL):
            found.add(("day", a.id, s.id))
    for day in {s.date for _, s in every}:
        if own_of(day) is not None:
            continue
        if day.weekday() > 4 or day in BANK:
            found |= {("day", a.id, s.id) for a, s in every if s.date == day}
            continue
        worst: set[str] = set()
        for half in ("morning", "afternoon"):
            out = [
                (a, s)
                for a, s in every
                if s.date == day and s.in_school_hours and half in halves(s) and a.attending(s)
            ]
            who = {person(p) for a, s in out for p in a.attending(s)}
            several = len({a.id for a, _ in out}) > 1
            if len(who) > (most or 1) and (several or most) and len(who) > len(worst):
                worst = who
        if worst:
            found.add(("cover", day, frozenset(worst)))
    return found


def halves(session: Session) -> set[str]:
    """Plainly: the minutes of the day one by one; where they aren't known, all it may take."""
    if session.start is None:
        return {"morning", "afternoon"}
    begin = session.start.hour * 60 + session.start.minute
    if session.minutes is None:
        return {"afternoon"} if begin >= 720 else {"morning", "afternoon"}
    taken = range(begin, begin + session.minutes)
    found = {"morning"} if begin < 720 else set()
    if taken[-1] >= 780 or not found:
        found.add("afternoon")
    return found


BANK = {date(2026, 10, 26): "A made-up bank holiday"}


@given(
    plans(),
    st.lists(st.tuples(NEAR, st.integers(0, 2), st.sampled_from(["holiday", "inset"]))),
    st.none() | st.integers(1, 3),
)
def test_clashes_are_those_that_looking_at_every_pair_finds(
    plan: list[Activity],
    spans: list[tuple[date, int, Literal["holiday", "inset"]]],
    most: int | None,
) -> None:
    days = [
        PlanDay(str(n), "", kind, first, first + timedelta(days=more))
        for n, (first, more, kind) in enumerate(spans)
    ]
    person = clashes.persons([a for a in plan if a.status is not Status.DECLINED])
    told: list[tuple[object, ...]] = []
    for clash in clashes.find(plan, days, most=most, bank=BANK):
        ids = [(h.activity.id, h.session.id) for h in clash.held]
        if clash.kind == "person":
            told.append(("person", frozenset(ids), person(clash.people[0])))
        elif clash.kind == "day":
            told.append(("day", *ids[0]))
        else:
            told.append(("cover", clash.day, frozenset(map(person, clash.people))))
        assert clash.words.endswith(".")
    assert len(told) == len(set(told))
    assert set(told) == brute(plan, days, most)


AMOUNTS = st.none() | st.decimals(0, 5000, places=2)


@given(sessions(DAYS), AMOUNTS, AMOUNTS, AMOUNTS, st.none() | st.decimals(1, 400, places=2))
def test_the_years_of_an_activity_add_up_to_the_penny(
    held: tuple[Session, ...],
    days: Decimal | None,
    fee: Decimal | None,
    subsidy: Decimal | None,
    rate: Decimal | None,
) -> None:
    activity = Activity(
        "a",
        "T",
        sessions=held,
        release_days=days,
        fee=fee,
        subsidy=subsidy,
        added=date(2026, 1, 1),
    )
    total = money.Sum()
    for year in years.years_of(activity):
        account = money.account([activity], [], year, rate=rate, today=date(2026, 1, 1))
        assert account.firm == money.Sum()
        assert money.total(line.possible for line in account.by_provider) == account.possible
        total = money.total((total, account.possible))
    assert total == money.cost(activity, rate)


def test_the_budget_what_is_left_and_what_is_at_risk() -> None:
    at = Session("s", date(2026, 11, 30), time(9), 60, True)
    firm = Activity(
        "a",
        "T",
        status=Status.CONFIRMED,
        sessions=(at, at._replace(id="t", date=date(2026, 9, 9))),
        release_days=Decimal("1.5"),
        fee=Decimal(100),
        subsidy=Decimal("20.50"),
        penalty=Decimal(75),
    )
    account = money.account(
        [firm, firm._replace(id="b", status=Status.DECLINED)],
        [], 2026, rate=Decimal("200.10"), budget=Decimal(1000), today=date(2026, 11, 25),
    )  # fmt: skip
    assert account.firm.net == Decimal("379.65")
    assert account.left == Decimal("620.35")
    assert account.at_risk == Decimal(75)
    assert account.unknown == ()
    assert money.pounds(account.left) == "£620.35"


def test_coverage_shows_gaps_and_what_is_only_possible() -> None:
    done = Activity("a", "Done", status=Status.DONE, parts=("teaching",), year_groups=("Year 3",))
    may = Activity("b", "May be", parts=("teaching", "curriculum"), provider_name="X")
    cover = coverage.cover(
        [done, may, may._replace(id="c", status=Status.DECLINED, parts=tuple(coverage.PARTS))]
    )
    words = {cell.id: cell.words for cell in cover.parts}
    assert words["teaching"] == "Done; if it comes about: May be"
    assert words["curriculum"] == "if it comes about: May be"
    assert words["approaches"] == "nothing yet"
    assert [r.name for r in cover.providers] == ["X"]
    assert not any(c.offers for c in cover.parts)


def test_the_list_has_what_closes_soon_first_and_old_sources_are_to_be_checked() -> None:
    today = date(2026, 11, 25)
    over = Activity("o", "Over", status=Status.DONE, sessions=(Session("s", date(2026, 10, 1)),))
    late = Activity("l", "Late", closes=date(2027, 1, 1), checked=today - timedelta(days=91))
    soon = Activity("n", "Soon", closes=today, checked=today - timedelta(days=90))
    sure = Activity("s", "Sure", status=Status.CONFIRMED, closes=today)
    rows = listing.rows([over, sure, late, soon], today)
    assert [r.activity.title for r in rows] == ["Soon", "Late", "Sure", "Over"]
    assert [bool(r.check) for r in rows] == [False, True, False, False]
    assert rows[0].closes_words == "closes today"
    (only,) = listing.rows([over, late, soon], today, closing=30)
    assert only.activity is soon


def test_a_template_carries_no_cost_and_no_date() -> None:
    for name, template in programmes.templates().items():
        begun = programmes.start(name)
        assert not any((begun.fee, begun.subsidy, begun.penalty, begun.release_days))
        assert not any((begun.sessions, begun.opens, begun.closes, begun.checked))
        assert not any(c.isdigit() for c in re.sub(r"Stage \d", "", template.about))


def test_the_facts_say_which_trials_there_are_and_of_what() -> None:
    (mastering,) = programmes.warnings(programmes.start("mastering-number"))
    assert mastering.startswith(
        "Trial of Mastering Number at Reception and KS1 (for Reception) (EEF, NFER, September 2025 "
        "to June 2026): it no longer recruits schools; schools of the control group go on as usual "
        "(https://educationendowmentfoundation.org.uk/"
    )
    assert mastering.endswith(", seen 27 November 2026).")
    (secondary,) = programmes.warnings(programmes.start("sktm-secondary"))
    assert "SKTM for secondary non-specialists (EEF" in secondary
    (other,) = programmes.warnings(programmes.start("sktm"))
    assert "secondary non-specialists alone, none other" in other
    assert programmes.warnings(programmes.start("mastering-number-ks2")) == ()
    asked = programmes.warnings(programmes.start("own")._replace(trial=True))
    assert asked == (programmes.TRIAL,)


def test_a_hub_is_one_provider_however_it_was_typed() -> None:
    central = Key("hub:maths-hub/central")
    typed = (
        (central, "Central"),
        (NO_BODY, "Central Maths Hub"),
        (NO_BODY, " the central  maths hub "),
        (NO_BODY, "central"),
        (NO_BODY, "Redkite Teaching School Hub"),
        (NO_BODY, "Redkite English Hub"),
        (NO_BODY, "Redkite"),
        (NO_BODY, "Own staff"),
        (NO_BODY, ""),
    )
    plan = [
        Activity(f"a{n}", f"T{n}", key, name, fee=Decimal(10), year=2026)
        for n, (key, name) in enumerate(typed)
    ]
    relied = {r.name: len(r.activities) for r in coverage.cover(plan).providers}
    assert relied == {
        "Central": 4,
        "Redkite Teaching School Hub": 1,
        "Redkite English Hub": 1,
        "Redkite": 1,
        "Own staff": 1,
    }
    account = money.account(plan[::-1], [], 2026, rate=None, today=date(2026, 9, 1))
    (line,) = (line for line in account.by_provider if line.key == central)
    assert (line.name, line.possible.fees, len(line.activities)) == ("Central", 40, 4)


def test_an_activity_says_which_groups_and_elements_it_has_or_lacks() -> None:
    a = Activity("a", "T", mechanisms=("knowledge", "embed"), quality=tuple(coverage.QUALITY))
    assert coverage.balance(a, "mechanisms") == (
        "no mechanism yet of: Motivate; Develop techniques"
    )
    assert coverage.balance(a, "quality") == "each element of quality"
    assert coverage.balance(a._replace(quality=()), "quality") == ""
    every = a._replace(mechanisms=tuple(coverage.MECHANISMS))
    assert coverage.balance(every, "mechanisms") == "a mechanism of each group"


# --- the table ---

TEXT = st.text(max_size=12).map(tidy) | st.sampled_from(
    ["=1+1", "'=x", "''-y", "@a", "'plain", '"q", x', "a;b", "+44", "-"]
)
ROLE = st.text(max_size=8).map(lambda t: tidy(t.replace(";", ",").replace(":", ",")))


@st.composite
def tabled(draw: st.DrawFn) -> Activity:
    who = st.lists(ROLE.filter(bool).map(Attendee), max_size=2, unique=True).map(tuple)
    held = tuple(s._replace(attends=draw(who), place=draw(TEXT)) for s in draw(sessions(DAYS)))
    return Activity(
        "",
        draw(TEXT.filter(bool)),
        provider_name=draw(TEXT),
        kind=draw(st.sampled_from([*Kind, ""])),
        status=draw(st.sampled_from(list(Status))),
        attends=draw(who),
        sessions=held,
        release_days=draw(AMOUNTS),
        fee=draw(AMOUNTS),
        subsidy=draw(AMOUNTS),
        source=draw(TEXT),
        checked=draw(st.none() | DAYS),
    )


@settings(max_examples=40)  # each is a table of many columns
@given(
    st.lists(
        tabled(), max_size=4, unique_by=lambda a: (a.title.casefold(), a.provider_name.casefold())
    )
)
def test_a_table_written_and_read_is_the_same_table(plan: list[Activity]) -> None:
    data = table.write(plan, people=True)
    read = table_read.read(data)
    assert read.faults == ()
    assert table.write(read.activities, people=True) == data
    for before, after in zip(plan, read.activities, strict=True):
        assert after.title == before.title
        assert (after.fee, after.release_days, after.source) == (
            before.fee,
            before.release_days,
            before.source,
        )
    held = [a._replace(id=f"a{n}") for n, a in enumerate(read.activities)]
    merged = table_merge.merge(held, table_read.read(data).given)
    assert (merged.added, merged.changed, merged.same) == ((), (), len(plan))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_file_gives_a_plan_or_sentences(data: bytes) -> None:
    read = table_read.read(data)
    assert bool(read.faults) or all(a.title for a in read.activities)
    assert all(f.text.endswith(".") for f in read.faults)


def test_all_faults_are_named_by_line() -> None:
    text = (
        "title,provider,status,date,minutes,fee\n"
        "A,B,confirmed,2026-02-30,0,5\n"
        "a,b,applied,2026-03-01,,6\n"
        ",,,,,x\n"
        "C,,,,30,\n"
    )
    read = table_read.read(text.encode())
    assert read.activities == ()
    assert [f.line for f in read.faults] == [2, 2, 3, 3, 4, 4, 5]
    said = "\n".join(map(str, read.faults))
    for part in ("2026-02-30", "on line 2 “5”", "title is empty", "minutes without a date"):
        assert part in said


def test_a_table_s_dates_are_read_as_people_write_them() -> None:
    days = ("2026-10-08", "08/10/2026", "8/10/26", "8-Oct-26", '"Thu 8 October, 2026"')
    read = table_read.read("\n".join(["title,date", *(f"T{d[:4]},{d}" for d in days)]).encode())
    assert read.faults == ()
    assert {s.date for a in read.activities for s in a.sessions} == {date(2026, 10, 8)}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Mon 8 October 2026", "8 October 2026 is a Thursday"),
        ("31-Feb-27", "February 2027 has no day 31"),
        ("10/13/2026", "there is no month 13"),
        ("Oct 2026", "is a whole month"),
        ("8 Oct", "names no year"),
        ("tomorrow", "isn't a date: write 2027-01-31"),
        ("8/10/1926", "isn't in the years 1990 to 2100"),
    ],
)
def test_a_date_that_a_table_cannot_mean_is_a_fault(cell: str, said: str) -> None:
    read = table_read.read(f"title,date\nA,{cell}\n".encode())
    (fault,) = map(str, read.faults)
    assert fault.startswith(f"line 2: date: “{cell}” ")
    assert said in fault
    assert fault.endswith(".")


def test_a_table_taken_in_again_keeps_ids_names_and_what_it_does_not_carry() -> None:
    own = Activity(
        "a", "T", provider_name="P", attends=attendees("Maths lead: A"), notes="mine",
        sessions=(Session("s1", date(2026, 3, 1), time(9)), Session("s2", date(2026, 3, 2))),
    )  # fmt: skip
    text = "title,provider,date,start,attends,fee\nT,P,2026-03-01,09:00,Maths lead,5\n"
    merged = table_merge.merge([own], table_read.read(text.encode()).given)
    ((_, after),) = merged.changed
    assert [s.id for s in after.sessions] == ["s1"]
    assert (after.notes, after.attends, after.fee) == ("mine", own.attends, Decimal(5))


# --- the calendar ---


def only_event(data: bytes) -> Any:
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


MADE = datetime(2026, 11, 25, tzinfo=UTC)
ALL_DAY_OR_NOT = st.dates(date(2026, 3, 27), date(2026, 3, 31)) | NEAR


@given(
    ALL_DAY_OR_NOT,
    st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0)),
    st.none() | st.integers(1, 1440),
)
def test_a_calendar_read_back_has_the_same_moments(
    day: date, start: time | None, minutes: int | None
) -> None:
    session = Session("s1", day, start, minutes, True, "online")
    plan = [Activity("a1", "T", attends=attendees("Lead: Ann Other"), sessions=(session,))]
    data = calendar.write(plan, made=MADE).data
    assert b"Ann" not in data
    assert b"Ann" in calendar.write(plan, people=True, made=MADE).data
    event = only_event(data)
    assert event["uid"] == "a1-s1@navigator"
    begin, end = event["dtstart"].dt, event.get("dtend")
    if start is None:
        assert (begin, end.dt) == (day, day + timedelta(days=1))
        return
    wanted = datetime.combine(day, start, ZoneInfo("Europe/London")).astimezone(UTC)
    assert begin.astimezone(UTC) == wanted
    assert (end is None) == (minutes is None)
    if minutes is not None:
        assert end.dt.astimezone(UTC) == wanted + timedelta(minutes=minutes)


def test_the_deadline_is_an_all_day_event_while_it_matters() -> None:
    one = Activity("a1", "T", closes=date(2026, 12, 1))
    event = only_event(calendar.write([one], made=MADE).data)
    assert event["summary"] == "Recruitment closes: T"
    assert event["dtstart"].dt == date(2026, 12, 1)
    declined = one._replace(status=Status.DECLINED)
    assert not Calendar.from_ical(calendar.write([declined], made=MADE).data).walk("VEVENT")


def _ics(*events: str) -> bytes:
    parts = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{parts}END:VCALENDAR\n".encode()


def test_own_days_come_from_whole_days_of_a_calendar() -> None:
    data = _ics(
        "SUMMARY:Half term\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261031",
        "SUMMARY:INSET day\nDTSTART;VALUE=DATE:20261102\nRRULE:FREQ=YEARLY",
        "SUMMARY:Governors\nDTSTART:20261102T180000Z",
        "SUMMARY:Term starts\nDTSTART;VALUE=DATE:20260902",
    )
    found = calendar_read.read_days(data)
    sure = [one.day for one in found.found if one.sure]
    assert [(d.kind, d.first, d.last) for d in sure] == [
        ("holiday", date(2026, 10, 26), date(2026, 10, 30)),
        ("inset", date(2026, 11, 2), date(2026, 11, 2)),
    ]
    assert [day.title for day in found.asked] == ["Term starts"]
    assert len(found.said) == 2
    assert not any(one.sure for one in calendar_read.read_days(data, sure).found)
    with pytest.raises(RefusedError, match="“nothing”"):
        calendar_read.picked(found, {"term": ["nothing"]})
    days = calendar_read.picked(found, {"inset": ["term STARTS"]}, ["half"])
    assert [(day.kind, day.title) for day in days] == [
        ("inset", "Term starts"),
        ("inset", "INSET day"),
    ]


@given(st.binary(max_size=100).map(lambda b: b"BEGIN:VCALENDAR\n" + b + b"\nEND:VCALENDAR"))
def test_a_bad_calendar_is_one_sentence(data: bytes) -> None:
    with suppress(RefusedError):  # and nothing else is raised
        found = calendar_read.read_days(data).found
        assert all(one.day.first <= one.day.last for one in found)
