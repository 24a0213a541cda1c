"""The year of the plan, week by week: as lines, as what stands on its days; one week's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from navigator.core import cleaning, wording
from navigator.core.activity import Activity, PlanDay
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.record import OwnRecord
from navigator.core.session import Session, attendees_text
from navigator.domain.plan import year as years
from navigator.domain.plan.clashes import Clash, HeldSession
from navigator.domain.plan.looks import Look
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.domain.plan.year import Week
from navigator.view import plan_cover
from navigator.view.parts import card, some
from navigator.view.record_sections import activity_card
from navigator.view.sections import DayItem, DayTold, Entry, Page, Section, WeekDays

DAYS = ("M ", "T ", "W ", "T ", "F ", "S ")
"""The days of a week in the year at a glance; Saturday stands for the weekend."""

HOLIDAY, INSET, FREE = "h", "i", "·"
YEAR_LEAD = (
    "A number is how many sessions a day has, ! a clash, h a holiday, i an INSET day; S is the "
    "weekend."
)

NOTHING = "No session, and nothing opens or closes."
DAY_WORDS = {"holiday": "Holiday", "inset": "INSET", "term": "Term"}
SCHOOL_DAYS = 5


def sections(
    record: OwnRecord,
    year: int,
    today: date,
    clashing: Sequence[Clash] = (),
    schools: PlanSchools = ALONE,
) -> tuple[Section, ...]:
    """The year week by week, a section a term. `clashing` are all clashes of the plan."""
    terms: dict[str, list[Week]] = {}
    for week in years.glance(record.activities, record.days, year, clashing):
        terms.setdefault(week.term, []).append(week)
    among = years.terms(year, record.days)
    found: list[Section] = []
    for title, weeks in terms.items():
        spans = [term for term in among if term.name == title]
        within = [w for w in weeks if any(t.first <= w.last and t.last >= w.first for t in spans)]
        school = [week.first for week in within if not _is_off(week)]
        numbers = {monday: n for n, monday in enumerate(school, 1)}
        lines = (_week_line(week, numbers.get(week.first, 0), today, schools) for week in weeks)
        off = len(within) - len(school)
        unit = wording.joined(
            wording.count(len(within), "week"), f"{off} of them holiday" if off else "", sign=", "
        )
        lead = "" if found else YEAR_LEAD
        keys = "" if found else "{open} opens the week."
        found.append(Section(title, tuple(lines), legend=DAYS, unit=unit, lead=lead, keys=keys))
    return tuple(found)


def _is_off(week: Week) -> bool:
    """Whether none of its five days is one of school."""
    return all(
        any(
            own.kind == "holiday" and own.holds(week.first + timedelta(days=n)) for own in week.days
        )
        for n in range(SCHOOL_DAYS)
    )


def _week_line(week: Week, number: int, today: date, schools: PlanSchools) -> Entry:
    titles = [held.activity.title for held in week.held]
    own = [day.title or DAY_WORDS[day.kind] for day in week.days]
    number_of = len(week.clashes)
    told = wording.joined(
        wording.count(number_of, "clash", "clashes") if number_of else "",
        *(f"{a.title} opens" for a in week.opens),
        *(f"{a.title} closes" for a in week.closes),
        *(f"{look.activity.title}: look {look.moment}" for look in week.looks),
    )
    text = ", ".join((*dict.fromkeys(titles), *dict.fromkeys(own)))
    if not text:
        text, told = told or "–", ""
    leads = card(_week_key(week.first), text, kind="Week")
    since = wording.joined(f"Week of {wording.day(week.first)}", week.term, sign=", ")
    about = Entry(NOTHING if text == "–" else text, since, detail=told, card=leads)
    return Entry(
        text,
        wording.short_day(week.first).rpartition(" ")[0],
        detail=told,
        cells=tuple(f"{sign:<2}" for sign in _day_signs(week)),
        card=leads,
        quiet=not titles,
        week=WeekDays(week.first, number, about, tuple(_items(week, today, schools))),
    )


def _items(week: Week, today: date, schools: PlanSchools) -> Iterator[DayItem]:
    """What stands on the days of a week: bands first, then what is on a day, by day and time."""
    if week.first <= today <= week.last:
        number = (today - week.first).days
        yield DayItem("today", number, number, "today")
    for own in week.days:
        first = max((own.first - week.first).days, 0)
        last = min((own.last - week.first).days, 6)
        yield DayItem(own.kind, first, last, _band(own))
    dated = (*_sessions(week, schools), *_windows(week), *_looks(week, today))
    yield from sorted(dated, key=lambda item: item.first)


def _band(own: PlanDay) -> str:
    """Own days in a calendar; of an INSET day always that it is one."""
    word = DAY_WORDS[own.kind]
    told = own.kind == "inset" and word.casefold() not in own.title.casefold()
    return wording.joined(word if told else "", own.title, sign=": ") or word


def _sessions(week: Week, schools: PlanSchools) -> Iterator[DayItem]:
    """The sessions, and on which days there are clashes."""
    for held in week.held:
        n = (held.session.date - week.first).days
        tell = partial(_tell_session, held, week.clashes, schools)
        yield DayItem("session", n, n, held.activity.title, _start(held.session), tell)
    for day, number in Counter(clash.day for clash in week.clashes).items():
        n = (day - week.first).days
        yield DayItem("clash", n, n, wording.count(number, "clash", "clashes"))


def _tell_session(held: HeldSession, clashing: Iterable[Clash], schools: PlanSchools) -> DayTold:
    """A session in full, with the clashes that it is in."""
    warned = tuple(clash.words for clash in clashing if held in clash.held)
    return DayTold(
        _session_line(held, schools)._replace(label=wording.weekday(held.session.date)), warned
    )


def _windows(week: Week) -> Iterator[DayItem]:
    """The days on which recruitment opens or closes."""
    dated = (
        *(("opens", a, a.opens) for a in week.opens),
        *(("closes", a, a.closes) for a in week.closes),
    )
    for what, a, day in dated:
        if day:
            n = (day - week.first).days
            yield DayItem(
                "window", n, n, f"{what}: {a.title}", tell=partial(_tell_window, what, a, day)
            )


def _tell_window(what: str, a: Activity, day: date) -> DayTold:
    return DayTold(
        Entry(
            f"{a.title}: recruitment {what}",
            wording.weekday(day),
            detail=a.provider_name,
            card=activity_card(a),
        )
    )


def _looks(week: Week, today: date) -> Iterator[DayItem]:
    """The days on which what an activity brought is looked at."""
    for look in week.looks:
        if look.day:
            n, a = (look.day - week.first).days, look.activity
            yield DayItem(
                "window", n, n, f"look: {a.title}", tell=partial(_tell_look, look, look.day, today)
            )


def _tell_look(look: Look, day: date, today: date) -> DayTold:
    return DayTold(_look_line(look, today)._replace(label=wording.weekday(day)))


def _look_line(look: Look, today: date) -> Entry:
    """A look at what an activity brought: what was seen, else what is asked for."""
    asked = wording.joined(look.asks, look.due_words(today), sign=" ")
    detail = wording.joined(look.activity.look_at, look.seen or asked)
    return Entry(
        f"{look.activity.title}: look {look.moment}",
        wording.short_day(look.day),
        detail=cleaning.plain(detail),
        card=activity_card(look.activity),
    )


def _week_key(monday: date) -> Key:
    return Key.of("plan-week", monday.isoformat())


def _day_signs(week: Week) -> Iterable[str]:
    """What each day of a week holds, in a letter or two; Saturday speaks for Sunday, too."""
    held = Counter(h.session.date for h in week.held)
    clashing = {clash.day for clash in week.clashes}
    for number in range(len(DAYS)):
        these = [week.first + timedelta(days=number)]
        if number == len(DAYS) - 1:
            these.append(week.last)
        sessions = sum(held[day] for day in these)
        kinds = {own.kind for own in week.days if any(own.holds(day) for day in these)}
        if sessions:
            yield f"{sessions}!" if clashing.intersection(these) else str(sessions)
        else:
            yield INSET if "inset" in kinds else HOLIDAY if "holiday" in kinds else FREE


def week_page(
    record: OwnRecord,
    first: date,
    today: date,
    most_out: int | None = None,
    schools: PlanSchools = ALONE,
) -> Page:
    """All that a week holds. Raises NotFoundError for a day that begins no week."""
    year = years.year_of(first + timedelta(days=6))
    clashing = schools.clashes(record.activities, record.days, most_out)
    weeks = years.glance(record.activities, record.days, year, clashing)
    week = next((w for w in weeks if w.first == first), None)
    if week is None:
        raise NotFoundError(f"{first.isoformat()} begins no week of the academic year.")
    window = (
        Entry(a.title, right=f"closes {wording.short_day(a.closes)}", card=activity_card(a))
        for a in week.recruiting
    )
    found = (
        Section("Sessions", tuple(_session_line(h, schools) for h in week.held), "None this week."),
        *some("Who is out of class", plan_cover.week_lines(record, week.first, most_out, schools)),
        *some("Clashes", map(clash_line, week.clashes)),
        *some("Your own days", map(day_line, week.days)),
        *some("What it brought", (_look_line(look, today) for look in week.looks)),
        *some("Recruitment is open", window),
    )
    return Page(_week_key(first), week.term, f"Week of {wording.day(first)}", found)


def _session_line(held: HeldSession, schools: PlanSchools) -> Entry:
    """A session by its activity's title, which leads to it."""
    session = held.session
    return Entry(
        held.activity.title,
        f"{session.date:%a} {session.date.day}",
        right=clock_text(session),
        detail=wording.joined(session.place, attendees_text(held.attending, schools=schools.names)),
        card=activity_card(held.activity),
    )


def clash_line(clash: Clash) -> Entry:
    """A clash in its words, which leads to the first activity concerned."""
    leads = activity_card(clash.held[0].activity)._replace(copy=clash.words)
    return Entry(clash.words, card=leads, fact=True)


def _start(session: Session) -> str:
    """ "13:30"; "" where none is known. Not by `strftime`, which takes five times as long."""
    return session.start.isoformat("minutes") if session.start else ""


def clock_text(session: Session) -> str:
    """ "13:30, 90 min"; "no time given" where none is known."""
    start = _start(session)
    length = f"{session.minutes} min" if session.minutes else ""
    return wording.joined(start, length, sign=", ") or "no time given"


def day_line(day: PlanDay) -> Entry:
    """Own days by their name, which leads to their form."""
    kind = DAY_WORDS[day.kind]
    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    leads = card(Key.of("day", day.id), day.title or kind, kind=kind)
    return Entry(leads.title, right=f"{wording.short_day(day.first)}{until}", card=leads)
