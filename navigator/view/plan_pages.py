"""The plan of professional learning as sections and pages: what its screens show, in which words.

Pure: made of what `planning` works out, in the same shape as every other page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import Activity, PlanDay, Session, Status, attendees_text
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.core.record import OwnRecord
from navigator.domain.plan import clashes, coverage, listing, money, programmes
from navigator.domain.plan import year as years
from navigator.domain.plan.clashes import Clash
from navigator.domain.plan.coverage import Cell
from navigator.domain.plan.listing import PlanRow
from navigator.domain.plan.money import MoneyLine, Sum
from navigator.domain.plan.year import Week
from navigator.view import record_sections
from navigator.view.body_pages import link_card
from navigator.view.sections import Card, Entry, Fact, Page, Section, clean

TABS = ("List", "Year", "Money", "Coverage", "Days")

SORTS = ("what closes soon first", "by title", "by provider", "by status")

DAYS = ("M ", "T ", "W ", "T ", "F ", "S ")
"""The days of a week in the year at a glance; Saturday stands for the weekend."""

HOLIDAY, INSET, FREE = "h", "i", "·"
YEAR_LEAD = (
    "A number is how many sessions a day has, ! a clash, h a holiday, i an INSET day; S is the "
    "weekend. Enter opens the week."
)

NAMED = 6
"""Activities named where a line or a card tells of what may be many."""

SHOWN = 200
"""Activities in the list: more take longer to lay out than a head wants to wait for a key."""

TICKED, OPEN = "☑", "☐"

DAY_WORDS = {"holiday": "Holiday", "inset": "INSET", "term": "Term"}

NO_PLAN = (
    "Nothing planned yet: a adds an activity, or p on any body of a landscape. "
    "navigator plan import FILE.csv takes a table."
)


class View(NamedTuple):
    """What the plan's screen looks at: an academic year on a day, and how its list is narrowed and
    sorted.

    `rate` is what a day of cover costs, `landscape` that of the head's own school; None where they
    aren't known. `status` None is all; `sort` is a number of `SORTS`.
    """

    year: int
    today: date
    rate: Decimal | None = None
    landscape: Landscape | None = None
    status: Status | None = None
    words: str = ""
    sort: int = 0


def sections(tab: int, record: OwnRecord, view: View) -> tuple[Section, ...]:
    """What a tab of the plan shows."""
    makers: tuple[Callable[[OwnRecord, View], tuple[Section, ...]], ...] = (
        list_sections,
        year_sections,
        money_sections,
        coverage_sections,
        day_sections,
    )
    return makers[tab](record, view)


def _of_year(record: OwnRecord, year: int) -> list[Activity]:
    return [a for a in record.activities if years.in_year(a, year)]


# --- the list ---


def list_sections(record: OwnRecord, view: View) -> tuple[Section, ...]:
    """The year's activities: what closes, what comes, what has no date, what is over."""
    these = _of_year(record, view.year)
    status = (view.status,) if view.status else ()
    rows = listing.rows(these, view.today, status=status, words=view.words)
    clashing: dict[str, int] = {}
    for clash in clashes.find(these, record.days):
        for name in {held.activity.id for held in clash.held}:
            clashing[name] = clashing.get(name, 0) + 1
    if view.sort:
        rows = tuple(sorted(rows, key=lambda row: _sorted_by(row, view.sort)))
    more = len(rows) - SHOWN
    rows = rows[:SHOWN]
    after = f"{more:,} more: / and f narrow them down" if more > 0 else ""
    if not rows:
        narrowed = f"None of the {len(these)} of {years.name(view.year)} fits: / and f widen it."
        nothing = narrowed if these else NO_PLAN
        return (Section(f"Activities, {years.name(view.year)}", empty=nothing),)
    if view.sort:
        entries = tuple(record_sections.activity_entry(row, view.today, clashing) for row in rows)
        return (Section(f"Activities, {SORTS[view.sort]}", entries, after=after),)
    groups: dict[str, list[PlanRow]] = {}
    for row in rows:
        groups.setdefault(_group(row, view.today), []).append(row)
    last = list(groups)[-1]
    return tuple(
        Section(
            title,
            tuple(record_sections.activity_entry(row, view.today, clashing) for row in of),
            after=after if title == last else "",
        )
        for title, of in groups.items()
    )


def _sorted_by(row: PlanRow, sort: int) -> tuple[str, int, str]:
    a = row.activity
    provider = a.provider_name.casefold() if SORTS[sort] == "by provider" else ""
    status = list(Status).index(a.status) if SORTS[sort] == "by status" else 0
    return provider, status, a.title.casefold()


def of_year(record: OwnRecord, today: date) -> tuple[Entry, ...]:
    """This year's activities, a line each, for the yearly review: without who attends."""
    year = years.year_of(today)
    these = [a for a in _of_year(record, year) if a.status is not Status.DECLINED]
    return tuple(
        Entry(
            " · ".join(t for t in (a.title, a.provider_name, str(a.status)) if t),
            "Planned" if number == 0 else "",
            card=record_sections.activity_card(a),
            fact=True,
        )
        for number, a in enumerate(these)
    )


def _group(row: PlanRow, today: date) -> str:
    if row.closes_in is not None:
        return "Recruitment closes"
    if row.activity.status in (Status.DONE, Status.DECLINED):
        return "Done or declined"
    if row.next is None:
        return "No date yet"
    return "Coming" if row.next >= today else "Under way or past"


# --- the year ---


def year_sections(record: OwnRecord, view: View) -> tuple[Section, ...]:
    """The year week by week, a section a term."""
    weeks = years.glance(record.activities, record.days, view.year)
    found: dict[str, list[Entry]] = {}
    for week in weeks:
        found.setdefault(week.term, []).append(_week_entry(week))
    return tuple(
        Section(title, tuple(entries), legend=DAYS, lead=YEAR_LEAD if number == 0 else "")
        for number, (title, entries) in enumerate(found.items())
    )


def _week_entry(week: Week) -> Entry:
    titles = list(dict.fromkeys(held.activity.title for held in week.held))
    own = list(dict.fromkeys(day.title or DAY_WORDS[day.kind] for day in week.days))
    told = [
        *(f"{a.title} opens" for a in week.opens),
        *(f"{a.title} closes" for a in week.closes),
    ]
    if week.clashes:
        told.insert(0, wording.count(len(week.clashes), "clash", "clashes"))
    text = ", ".join((*titles, *own))
    if not text:
        text, told = " · ".join(told) or "–", []
    return Entry(
        text,
        wording.short_day(week.first).rpartition(" ")[0],
        detail=" · ".join(told),
        cells=tuple(f"{sign:<2}" for sign in _day_signs(week)),
        card=link_card(Key.of("plan-week", week.first.isoformat()), "Week", text),
        quiet=not titles,
    )


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


def week_page(record: OwnRecord, first: date) -> Page:
    """All that a week holds. Raises NotFoundError for a day that begins no week."""
    year = years.year_of(first + timedelta(days=6))
    weeks = years.glance(record.activities, record.days, year)
    week = next((w for w in weeks if w.first == first), None)
    if week is None:
        raise NotFoundError(f"{first.isoformat()} begins no week of the academic year.")
    sessions = tuple(
        Entry(
            held.activity.title,
            f"{held.session.date:%a} {held.session.date.day}",
            right=_clock(held.session),
            detail=" · ".join(t for t in (held.session.place, attendees_text(held.attending)) if t),
            card=record_sections.activity_card(held.activity),
        )
        for held in week.held
    )
    days = tuple(_day_entry(day) for day in week.days)
    window = tuple(
        Entry(
            a.title,
            right=f"closes {wording.short_day(a.closes)}",
            card=record_sections.activity_card(a),
        )
        for a in week.recruiting
    )
    title = f"Week of {wording.day(first)}"
    return Page(
        Key.of("plan-week", first.isoformat()),
        week.term,
        title,
        (
            Section("Sessions", sessions, "None this week."),
            *(
                (Section("Clashes", tuple(map(_clash_entry, week.clashes))),)
                if week.clashes
                else ()
            ),
            *((Section("Your own days", days),) if days else ()),
            *((Section("Recruitment is open", window),) if window else ()),
        ),
    )


def _clash_entry(clash: Clash) -> Entry:
    card = record_sections.activity_card(clash.held[0].activity)._replace(copy=clash.words)
    return Entry(clash.words, card=card, fact=True)


def _clock(session: Session) -> str:
    """ "13:30, 90 min"; "all day" where no time is known."""
    if session.start is None:
        return f"{session.minutes} min" if session.minutes else "no time given"
    length = f", {session.minutes} min" if session.minutes else ""
    return f"{session.start:%H:%M}{length}"


# --- money and cover ---


HOW_NET = "Release days × the cost of a day of cover, plus fees, less subsidies."
HOW_FIRM = "Of what is confirmed, under way or done."
HOW_POSSIBLE = "Of what is considered or applied for."
HOW_RISK = "The penalty for every session still to come of what is applied for or agreed."
HOW_SPREAD = (
    "Cover is spread evenly over an activity's sessions in school hours; fee and subsidy count "
    "where its first session does."
)


def money_sections(record: OwnRecord, view: View) -> tuple[Section, ...]:
    """Money and cover of a year: against the budget, by term, by provider, and what isn't known."""
    budget = money.budget_of(record.budgets, view.year)
    account = money.account(
        record.activities,
        record.days,
        view.year,
        rate=view.rate,
        budget=budget,
        today=view.today,
    )
    agreed, possible = account.firm, account.possible
    spent = f"{money.pounds(budget)} − {money.pounds(agreed.net)} agreed"
    all_spent = f"{spent} − {money.pounds(possible.net)} possible"
    lines = [
        _amount("Budget", budget, "What you set for the year: under Days."),
        _amount("Agreed", agreed.net, f"{HOW_NET} {HOW_FIRM}", budget, agreed),
        _amount("Possible", possible.net, f"{HOW_NET} {HOW_POSSIBLE}", budget, possible),
        _amount("Left", account.left, f"The budget less what is agreed. Here: {spent}."),
        _amount(
            "Left if all comes about",
            account.left_if_all,
            f"The budget less all of it. Here: {all_spent}.",
        ),
        _amount("At risk", account.at_risk or None, f"{HOW_RISK} {_risks(record, view)}"),
    ]
    cover = f"{money.pounds(view.rate)} a day" if view.rate is not None else "not set"
    entries = [entry for entry in lines if entry is not None]
    entries.append(
        Entry(
            "A day of cover",
            right=cover,
            card=_figure("A day of cover", cover, "Settings, in the palette (Ctrl+P)."),
            fact=True,
        )
    )
    widest = max(len(entry.right) for entry in entries)
    entries = [entry._replace(right=entry.right.rjust(widest)) for entry in entries]
    unknown = tuple(Entry(text, card=_copied(text), fact=True) for text in account.unknown)
    return (
        Section("Money and cover", tuple(entries)),
        _money_table("By term", account.by_term),
        _money_table("By provider", account.by_provider),
        Section("Not known, so not counted", unknown, "Nothing: all of it is known."),
    )


def _amount(
    label: str,
    amount: Decimal | None,
    how: str,
    budget: Decimal | None = None,
    parts: Sum | None = None,
) -> Entry | None:
    """A sum as a line, its arithmetic in its card; a bar of the budget where there is one."""
    if amount is None:
        return None
    said = money.pounds(amount)
    if parts is not None:
        how = f"{how} Here: {_arithmetic(parts)}."
    share = float(amount / budget) if budget and parts is not None else None
    return Entry(
        label,
        right=said,
        share=min(max(share, 0.0), 1.0) if share is not None else None,
        detail="over the budget" if share is not None and share > 1 else "",
        card=_figure(label, said, how),
        fact=True,
    )


def _arithmetic(parts: Sum) -> str:
    """ "2 days of release £420 + fees £150 − subsidies £0"."""
    return (
        f"{money.days(parts.days)} of release {money.pounds(parts.cover)} + fees "
        f"{money.pounds(parts.fees)} − subsidies {money.pounds(parts.subsidies)}"
    )


def _risks(record: OwnRecord, view: View) -> str:
    """What of each activity is at risk, reckoned as all of it is: one account an activity."""
    found = []
    for a in record.activities:
        if not a.penalty or not a.sessions:
            continue
        alone = money.account([a], record.days, view.year, rate=None, today=view.today)
        if alone.at_risk:
            missable = wording.count(int(alone.at_risk / a.penalty), "session")
            found.append(f"{a.title}, {missable} × {money.pounds(a.penalty)}")
    return f"Here: {_named(found, '; ')}." if found else ""


def _named(texts: Sequence[str], sign: str = ", ") -> str:
    """Texts as one, the first few of them where they are many."""
    more = len(texts) - NAMED
    told = sign.join(texts[:NAMED])
    return f"{told} and {more:,} more" if more > 0 else told


def _money_table(title: str, lines: Iterable[MoneyLine]) -> Section:
    rows = []
    for line in lines:
        if not line.activities:
            continue
        days = f"{line.firm.days + line.possible.days:f}".rstrip("0").rstrip(".") or "0"
        rows.append(
            Entry(
                line.name,
                cells=(days, money.pounds(line.firm.net), money.pounds(line.possible.net)),
                detail=wording.count(len(line.activities), "activity", "activities"),
                card=_line_card(line),
            )
        )
    return Section(title, tuple(rows), "Nothing yet.", legend=("days", "agreed", "possible"))


def _line_card(line: MoneyLine) -> Card:
    """How a term's or a provider's figures are counted; a body's leads on to its page."""
    agreed, possible = (money.pounds(part.net) for part in (line.firm, line.possible))
    facts = (
        ("Agreed", f"{agreed}: {_arithmetic(line.firm)}"),
        ("Possible", f"{possible}: {_arithmetic(line.possible)}"),
        ("Activities", _named([a.title for a in line.activities])),
        ("Counted", f"{HOW_NET} {HOW_SPREAD}"),
    )
    said = f"Agreed {agreed}, possible {possible}"
    return Card(line.key, "Figure", line.name, facts=clean(facts), copy=said)


def _figure(label: str, said: str, how: str) -> Card:
    facts = (("Figure", said), ("Counted", how))
    return Card(kind="Figure", title=label, facts=clean(facts), copy=said)


def _copied(text: str) -> Card:
    return Card(copy=text)


# --- coverage ---


WHO_TO_ASK = "Set your school (Settings in the palette, Ctrl+P) to see who might be asked."
GAPS = "Gaps, not a score: nothing is counted up. What an activity has is for you to tick."


def coverage_sections(record: OwnRecord, view: View) -> tuple[Section, ...]:
    """What the year's plan covers, as gaps; beside a gap who nearby might be asked."""
    cover = coverage.cover(_of_year(record, view.year), view.landscape)
    lead = GAPS if view.landscape is not None else f"{GAPS} {WHO_TO_ASK}"
    found = [
        Section(
            title,
            tuple(entry for cell in cells for entry in _cell_entries(cell)),
            lead=lead if number == 0 else "",
        )
        for number, (title, cells) in enumerate(cover.groups)
    ]
    relied = tuple(
        Entry(
            r.name,
            detail=_named([a.title for a in r.activities]),
            card=link_card(r.key, "Provider", r.name)
            if r.key
            else record_sections.activity_card(r.activities[0]),
        )
        for r in cover.providers
    )
    found.append(Section("Providers relied on", relied, "None yet."))
    if cover.unticked:
        entries = tuple(
            Entry(a.title, card=record_sections.activity_card(a)) for a in cover.unticked
        )
        found.append(Section("Nothing ticked yet: gaps may be theirs", entries))
    return tuple(found)


def _cell_entries(cell: Cell) -> Iterable[Entry]:
    covering = (*cell.firm, *cell.possible)
    if covering:
        yield Entry(cell.name, card=record_sections.activity_card(covering[0]), fact=True)
        for number, a in enumerate(covering[:NAMED]):
            comes = "if it comes about" if number >= len(cell.firm) else str(a.status)
            yield Entry(a.title, right=comes, card=record_sections.activity_card(a), quiet=True)
        if len(covering) > NAMED:
            more = f"and {len(covering) - NAMED:,} more"
            yield Entry(more, card=_copied(cell.words), quiet=True)
        return
    yield Entry(cell.name, right=coverage.NOTHING, card=_copied(cell.name), fact=True)
    for offer in cell.offers:
        kind = offer.key.partition("/")[0].removeprefix("hub:")
        yield Entry(
            f"ask {offer.name}",
            right=offer.words,
            card=link_card(offer.key, kind, offer.name),
            quiet=True,
        )


# --- own days ---


def day_sections(record: OwnRecord, view: View) -> tuple[Section, ...]:
    """The year's holidays, INSET days, terms and budget."""
    year = view.year
    first, last = years.span(year)
    here = [d for d in record.days if d.first <= last and d.last >= first]
    here.sort(key=lambda d: (d.first, d.last))
    found = []
    for kind, title in (("term", "Terms"), ("holiday", "Holidays"), ("inset", "INSET days")):
        entries = tuple(_day_entry(day) for day in here if day.kind == kind)
        none = "None yet: a adds some; i imports a calendar (.ics)."
        if kind == "term":
            none = "None of your own: autumn to December, spring to March, summer from April."
        found.append(Section(title, entries, none))
    budget = next((b for b in record.budgets if b.year == year), None)
    entries = (
        (
            Entry(
                money.pounds(budget.amount),
                right=years.name(year),
                card=link_card(Key.of("budget", budget.id), "Budget", f"Budget {years.name(year)}"),
            ),
        )
        if budget
        else ()
    )
    found.append(Section("Budget", entries, "Not set: b sets it."))
    return tuple(found)


def _day_entry(day: PlanDay) -> Entry:
    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    name = day.title or DAY_WORDS[day.kind]
    return Entry(
        name,
        right=f"{wording.short_day(day.first)}{until}",
        card=link_card(Key.of("day", day.id), DAY_WORDS[day.kind], name),
    )


# --- one activity ---


def activity_page(record: OwnRecord, name: str, today: date, rate: Decimal | None) -> Page:
    """All that an activity holds. Raises NotFoundError where it is no longer there."""
    a = next((a for a in record.activities if a.id == name), None)
    if a is None:
        raise NotFoundError("That activity is no longer in the plan.")
    mine = [c for c in clashes.find(record.activities, record.days) if _is_in(a, c)]
    warned = (*programmes.warnings(a), listing.check_again(a, today))
    cautions = tuple(Entry(t[:1].upper() + t[1:], card=_copied(t), fact=True) for t in warned if t)
    return Page(
        Key.of("activity", a.id),
        f"Activity, {a.status}",
        a.title,
        (
            _what(a),
            *((Section("Mind", cautions),) if cautions else ()),
            Section(
                f"Sessions: {len(a.sessions)}",
                tuple(_session_entry(a, s) for s in a.sessions),
                "None yet: a adds one.",
            ),
            *((Section("Clashes", tuple(map(_clash_entry, mine))),) if mine else ()),
            _money_of(a, rate),
            *(
                Section(title, tuple(_tick(a, field, name, said) for name, said in words.items()))
                for title, field, words in TICKS
            ),
            _reflection(a),
        ),
        website=wording.link(a.source) if "." in a.source and " " not in a.source else "",
    )


TICKS = (
    (f"Mathematical knowledge for teaching, {coverage.AS_LISTED}", "parts", coverage.PARTS),
    (f"Elements of quality, {coverage.AS_LISTED}", "quality", coverage.QUALITY),
    ("Groups of mechanisms (EEF)", "mechanisms", coverage.MECHANISMS),
)


def _is_in(a: Activity, clash: Clash) -> bool:
    return any(held.activity.id == a.id for held in clash.held)


def _what(a: Activity) -> Section:
    key = Key.of("activity-what", a.id)
    facts: list[Fact] = [
        ("Provider", a.provider_name or a.provider or "not said"),
        ("Kind", str(a.kind) or "not said"),
        ("Programme", programmes.name_of(a.programme)),
        ("Status", str(a.status)),
        ("For", ", ".join((*a.audience, *a.year_groups))),
        ("Attends", attendees_text(a.attends)),
        ("Places", str(a.places) if a.places else ""),
        ("Asks for", a.prerequisites),
        ("Opens", wording.day(a.opens)),
        ("Closes", wording.day(a.closes)),
        ("Source", a.source),
        ("Checked", wording.day(a.checked) or "never"),
        ("Notes", a.notes),
    ]
    entries = _part(key, facts)
    if a.provider:
        link = link_card(Key(a.provider), "Provider", a.provider_name or a.provider)
        entries = (entries[0]._replace(card=link), *entries[1:])
    return Section("About", entries)


def _part(key: Key, facts: Iterable[Fact]) -> tuple[Entry, ...]:
    """Facts as lines that lead to the form in which they are changed."""
    return tuple(
        Entry(
            wording.plain(value),
            label,
            card=Card(key, "Part", label, copy=wording.plain(value)),
            fact=True,
        )
        for label, value in facts
        if value
    )


def _session_entry(a: Activity, session: Session) -> Entry:
    hours = {True: "in school hours", False: "out of school hours", None: ""}
    told = (
        hours[session.in_school_hours],
        session.place,
        attendees_text(a.attending(session)),
    )
    return Entry(
        f"{session.date:%A} {wording.day(session.date)}",
        right=_clock(session),
        detail=" · ".join(t for t in told if t),
        card=Card(
            Key.nested("session", a.id, session.id), "Session", wording.day(session.date), "", ()
        ),
    )


def _money_of(a: Activity, rate: Decimal | None) -> Section:
    cost = money.cost(a, rate)
    known = a.fee is not None or (a.release_days is not None and rate is not None)
    facts: list[Fact] = [
        ("Release", money.days(a.release_days) or "not said"),
        ("Fee", money.pounds(a.fee) or "not said"),
        ("Subsidy", money.pounds(a.subsidy)),
        ("Costs", money.pounds(cost.net) if known else ""),
        ("Penalty", f"{money.pounds(a.penalty)} for a session missed" if a.penalty else ""),
    ]
    return Section("Money and cover", _part(Key.of("activity-money", a.id), facts), lead=HOW_NET)


def _tick(a: Activity, field: str, name: str, said: str) -> Entry:
    on = name in getattr(a, field)
    return Entry(
        f"{TICKED if on else OPEN} {said}",
        right="ticked" if on else "",
        card=Card(Key.nested("tick", a.id, field, name), "Tick", said, copy=said),
        fact=True,
    )


def _reflection(a: Activity) -> Section:
    facts: list[Fact] = [
        ("Changed", a.practice or "what changed in practice?"),
        ("Evidence", a.evidence or "what shows it?"),
        ("Again", a.again or "would we again?"),
    ]
    return Section("Reflection, afterwards", _part(Key.of("activity-reflection", a.id), facts))
