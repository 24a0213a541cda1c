"""The year of the plan, week by week: as lines, as what stands on its days; one week's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from navigator.core import cleaning, wording
from navigator.core.activity import PlanDay, Session, attendees_text
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.record import OwnRecord
from navigator.domain.plan import clashes
from navigator.domain.plan import year as years
from navigator.domain.plan.clashes import Clash, HeldSession
from navigator.domain.plan.looks import Look
from navigator.domain.plan.year import Week
from navigator.view import plan_cover
from navigator.view.parts import card, some
from navigator.view.record_sections import activity_card
from navigator.view.sections import DayItem, Entry, Page, Section, WeekDays

DAYS = ("M ", "T ", "W ", "T ", "F ", "S ")
"""The days of a week in the year at a glance; Saturday stands for the weekend."""

HOLIDAY, INSET, FREE = "h", "i", "·"
YEAR_LEAD = (
    "A number is how many sessions a day has, ! a clash, h a holiday, i an INSET day; S is the "
    "weekend. Enter opens the week."
)

NOTHING = "No session, and nothing opens or closes."
DAY_WORDS = {"holiday": "Holiday", "inset": "INSET", "term": "Term"}
SCHOOL_DAYS = 5


def sections(
    record: OwnRecord, year: int, today: date, most_out: int | None = None
) -> tuple[Section, ...]:
    """The year week by week, a section a term."""
    terms: dict[str, list[Week]] = {}
    for week in _weeks(record, year, most_out):
        terms.setdefault(week.term, []).append(week)
    among = years.terms(year, record.days)
    found: list[Section] = []
    for title, weeks in terms.items():
        spans = [term for term in among if term.name == title]
        within = [w for w in weeks if any(t.first <= w.last and t.last >= w.first for t in spans)]
        school = [week.first for week in within if not _is_off(week)]
        numbers = {monday: n for n, monday in enumerate(school, 1)}
        lines = (_week_line(week, numbers.get(week.first, 0), today) for week in weeks)
        off = len(within) - len(school)
        unit = wording.joined(
            wording.count(len(within), "week"), f"{off} of them holiday" if off else "", sign=", "
        )
        lead = "" if found else YEAR_LEAD
        found.append(Section(title, tuple(lines), legend=DAYS, unit=unit, lead=lead))
    return tuple(found)


def _is_off(week: Week) -> bool:
    """Whether none of its five days is one of school."""
    return all(
        any(
            own.kind == "holiday" and own.holds(week.first + timedelta(days=n)) for own in week.days
        )
        for n in range(SCHOOL_DAYS)
    )


def _week_line(week: Week, number: int, today: date) -> Entry:
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
        week=WeekDays(week.first, number, about, tuple(_items(week, today))),
    )


def _items(week: Week, today: date) -> Iterator[DayItem]:
    """What stands on the days of a week: bands first, then what is on a day, by day and time."""
    if week.first <= today <= week.last:
        number = (today - week.first).days
        yield DayItem("today", number, number, "today")
    for own in week.days:
        first = max((own.first - week.first).days, 0)
        last = min((own.last - week.first).days, 6)
        yield DayItem(own.kind, first, last, _band(own))
    dated = (*_sessions(week), *_windows(week), *_looks(week, today))
    yield from sorted(dated, key=lambda item: item.first)


def _band(own: PlanDay) -> str:
    """Own days in a calendar; of an INSET day always that it is one."""
    word = DAY_WORDS[own.kind]
    told = own.kind == "inset" and word.casefold() not in own.title.casefold()
    return wording.joined(word if told else "", own.title, sign=": ") or word


def _sessions(week: Week) -> Iterator[DayItem]:
    """The sessions, and on which days there are clashes."""
    for held in week.held:
        n = (held.session.date - week.first).days
        start = f"{held.session.start:%H:%M}" if held.session.start else ""
        told = _session_line(held)._replace(label=_on_day(held.session.date))
        warned = tuple(clash.words for clash in week.clashes if held in clash.held)
        yield DayItem("session", n, n, held.activity.title, start, told, warned)
    for day, number in Counter(clash.day for clash in week.clashes).items():
        n = (day - week.first).days
        yield DayItem("clash", n, n, wording.count(number, "clash", "clashes"))


def _windows(week: Week) -> Iterator[DayItem]:
    """The days on which recruitment opens or closes."""
    dated = (
        *(("opens", a, a.opens) for a in week.opens),
        *(("closes", a, a.closes) for a in week.closes),
    )
    for what, a, day in dated:
        if day:
            n = (day - week.first).days
            told = Entry(
                f"{a.title}: recruitment {what}",
                _on_day(day),
                detail=a.provider_name,
                card=activity_card(a),
            )
            yield DayItem("window", n, n, f"{what}: {a.title}", "", told)


def _looks(week: Week, today: date) -> Iterator[DayItem]:
    """The days on which what an activity brought is looked at."""
    for look in week.looks:
        if look.day:
            n, a = (look.day - week.first).days, look.activity
            told = _look_line(look, today)._replace(label=_on_day(look.day))
            yield DayItem("window", n, n, f"look: {a.title}", "", told)


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


def _on_day(day: date) -> str:
    """ "Thursday 3 December 2026"."""
    return f"{day:%A} {wording.day(day)}"


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


def _weeks(record: OwnRecord, year: int, most_out: int | None) -> tuple[Week, ...]:
    clashing = clashes.in_england(record.activities, record.days, most_out)
    return years.glance(record.activities, record.days, year, clashing)


def week_page(record: OwnRecord, first: date, today: date, most_out: int | None = None) -> Page:
    """All that a week holds. Raises NotFoundError for a day that begins no week."""
    year = years.year_of(first + timedelta(days=6))
    weeks = _weeks(record, year, most_out)
    week = next((w for w in weeks if w.first == first), None)
    if week is None:
        raise NotFoundError(f"{first.isoformat()} begins no week of the academic year.")
    window = (
        Entry(a.title, right=f"closes {wording.short_day(a.closes)}", card=activity_card(a))
        for a in week.recruiting
    )
    found = (
        Section("Sessions", tuple(map(_session_line, week.held)), "None this week."),
        *some("Who is out of class", plan_cover.week_lines(record, week.first, most_out)),
        *some("Clashes", map(clash_line, week.clashes)),
        *some("Your own days", map(day_line, week.days)),
        *some("What it brought", (_look_line(look, today) for look in week.looks)),
        *some("Recruitment is open", window),
    )
    return Page(_week_key(first), week.term, f"Week of {wording.day(first)}", found)


def _session_line(held: HeldSession) -> Entry:
    """A session by its activity's title, which leads to it."""
    session = held.session
    return Entry(
        held.activity.title,
        f"{session.date:%a} {session.date.day}",
        right=clock_text(session),
        detail=wording.joined(session.place, attendees_text(held.attending)),
        card=activity_card(held.activity),
    )


def clash_line(clash: Clash) -> Entry:
    """A clash in its words, which leads to the first activity concerned."""
    leads = activity_card(clash.held[0].activity)._replace(copy=clash.words)
    return Entry(clash.words, card=leads, fact=True)


def clock_text(session: Session) -> str:
    """ "13:30, 90 min"; "no time given" where none is known."""
    start = f"{session.start:%H:%M}" if session.start else ""
    length = f"{session.minutes} min" if session.minutes else ""
    return wording.joined(start, length, sign=", ") or "no time given"


def day_line(day: PlanDay) -> Entry:
    """Own days by their name, which leads to their form."""
    kind = DAY_WORDS[day.kind]
    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    leads = card(Key.of("day", day.id), day.title or kind, kind=kind)
    return Entry(leads.title, right=f"{wording.short_day(day.first)}{until}", card=leads)
