"""The plan as text, JSON, and one page for governors in Markdown and HTML.

Names of people are in none of them unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from navigator.core import clock, wording
from navigator.core.activity import Activity, PlanDay, Session, Status, attendees_text
from navigator.core.errors import NavigatorError
from navigator.core.model import Landscape
from navigator.domain.plan import clashes, coverage, listing, money, programmes
from navigator.domain.plan import year as years
from navigator.domain.plan.listing import PlanRow
from navigator.export import page
from navigator.export.contract import Json, one_line
from navigator.export.markdown import escape
from navigator.service import Service


class PlanSheet(NamedTuple):
    """A year's plan for others: titled sections of lines, the same in every form."""

    title: str
    lead: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    held: str


def document(
    service: Service,
    form: str,
    chosen: Sequence[Activity],
    year: int,
    *,
    people: bool,
    school: int | None,
) -> bytes:
    """A file of some activities: csv, ics, json, or (of an academic year) html or markdown.

    `people` puts names in; `school` is the URN of the head's own school, for who may be asked.
    """
    from navigator.domain.plan import calendar, table

    if form == "csv":
        return table.write(chosen, people=people)
    if form == "ics":
        return calendar.write(chosen, people=people, made=datetime.now().astimezone())
    if form == "json":
        return "".join(f"{activity_json(a, people=people)}\n" for a in chosen).encode()
    today, record = clock.today(), service.record()
    landscape = None
    if school is not None:
        with suppress(NavigatorError):
            landscape = service.landscape(school, today)
    one = sheet(
        chosen,
        record.days,
        year,
        rate=service.supply_rate(),
        budget=money.budget_of(record.budgets, year),
        landscape=landscape,
        people=people,
        today=today,
    )
    text = sheet_html(one) if form == "html" else sheet_markdown(one)
    return text.encode("utf-8", errors="replace")


def row_text(row: PlanRow) -> str:
    """One line of a list: id, title, provider, status, when, what presses."""
    a = row.activity
    when = f"next {wording.short_day(row.next)}" if row.next else ""
    told = (a.provider_name, str(a.status), row.closes_words, when, row.check)
    return "  ".join((a.id, " · ".join(wording.plain(t) for t in (a.title, *told) if t)))


def activity_text(a: Activity, today: date, rate: Decimal | None) -> str:
    """An activity with all it holds, as lines. For the head: with names."""
    cost = money.cost(a, rate)
    facts = (
        ("Provider", a.provider_name or a.provider),
        ("Kind", str(a.kind)),
        ("Programme", programmes.name_of(a.programme)),
        ("Status", str(a.status)),
        ("For", ", ".join((*a.audience, *a.year_groups))),
        ("Attends", attendees_text(a.attends)),
        ("Release", money.days(a.release_days)),
        ("Fee", money.pounds(a.fee)),
        ("Subsidy", money.pounds(a.subsidy)),
        ("Costs", money.pounds(cost.net) if rate or a.fee is not None else ""),
        ("Penalty for a missed session", money.pounds(a.penalty)),
        ("Places", str(a.places or "")),
        ("Asks for", a.prerequisites),
        ("Recruitment opens", wording.day(a.opens)),
        ("Recruitment closes", wording.day(a.closes)),
        ("Source", a.source),
        ("Checked", wording.day(a.checked)),
        ("Notes", a.notes),
        ("What changed in practice", a.practice),
        ("Evidence", a.evidence),
        ("Would we again", a.again),
    )
    lines = [f"{a.id}  {wording.plain(a.title)}"]
    lines += [f"  {label}: {wording.plain(text)}" for label, text in facts if text]
    lines += [f"  {session_text(a, s, names=True)}" for s in a.sessions]
    lines += [f"  {text}" for text in programmes.warnings(a)]
    check = listing.check_again(a, today)
    return "\n".join([*lines, *([f"  {check}"] if check else [])])


def session_text(a: Activity, session: Session, *, names: bool) -> str:
    """ "8 Oct 2026, 13:30, 90 minutes, in school hours, online, Maths lead"."""
    hours = {True: "in school hours", False: "out of school hours", None: ""}
    told = (
        wording.short_day(session.date),
        f"{session.start:%H:%M}" if session.start else "",
        wording.count(session.minutes, "minute") if session.minutes else "",
        hours[session.in_school_hours],
        session.place,
        attendees_text(a.attending(session), names=names),
    )
    return ", ".join(wording.plain(t) for t in told if t)


def activity_json(a: Activity, *, people: bool) -> str:
    return one_line(_told(a, people=people))


def _told(a: Activity, *, people: bool) -> Json:
    told: Json = {}
    for field, value in a._asdict().items():
        told[field] = _value(value)
    told["attends"] = _people(a.attends, people=people)
    told["sessions"] = [
        {
            "id": s.id,
            "date": s.date.isoformat(),
            "start": f"{s.start:%H:%M}" if s.start else None,
            "minutes": s.minutes,
            "in_school_hours": s.in_school_hours,
            "place": s.place,
            "attends": _people(a.attending(s), people=people),
        }
        for s in a.sessions
    ]
    return told


def _people(who: Sequence[object], *, people: bool) -> list[Json]:
    return [
        {"role": getattr(p, "role", ""), **({"name": getattr(p, "name", "")} if people else {})}
        for p in who
    ]


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


# --- one page ---


def sheet(
    activities: Sequence[Activity],
    own_days: Sequence[PlanDay],
    year: int,
    *,
    rate: Decimal | None,
    budget: Decimal | None,
    landscape: Landscape | None,
    people: bool,
    today: date,
) -> PlanSheet:
    """A year's plan as it leaves the computer; names, notes and reflections only of what is asked.

    Notes are the head's own and are in it in no case.
    """
    these = [a for a in activities if years.in_year(a, year) and a.status is not Status.DECLINED]
    account = money.account(these, own_days, year, rate=rate, budget=budget, today=today)
    found = coverage.cover(these, landscape)
    first, last = years.span(year)
    pressing = [c for c in clashes.find(these, own_days) if first <= c.day <= last]
    rows = listing.rows(these, today)
    sections = [
        ("What we plan", tuple(line for row in rows for line in _lines(row, year, people=people))),
        ("Money and cover", tuple(_money(account))),
        ("Clashes", tuple(c.told(names=people) for c in pressing) or ("None found.",)),
    ]
    for title, cells in found.groups:
        covered = tuple(f"{cell.name}: {cell.words}" for cell in cells)
        sections.append((f"{title}: gaps, not a score", covered))
    relied = tuple(f"{r.name}: {', '.join(a.title for a in r.activities)}" for r in found.providers)
    sections.append(("Providers", relied or ("None yet.",)))
    named = people and any(a.names_people for a in these)
    lead = (
        f"{wording.count(len(these), 'activity', 'activities')}. "
        f"As planned on {wording.day(today)}."
    )
    return PlanSheet(
        f"Professional learning {years.name(year)}",
        lead,
        tuple(sections),
        "Holds names of people." if named else "",
    )


def _lines(row: PlanRow, year: int, *, people: bool) -> Iterator[str]:
    a = row.activity
    told = [a.title, a.provider_name, str(a.status)]
    who = attendees_text(a.attends, names=people)
    told += [f"for {', '.join(a.year_groups)}" if a.year_groups else "", who, row.closes_words]
    dates = years.sessions_in(a, year)
    when = "; ".join(
        f"{wording.short_day(s.date)}{f', {s.start:%H:%M}' if s.start else ''}" for s in dates
    )
    yield " · ".join(t for t in (*told, when or "no date yet") if t)
    for text in programmes.warnings(a) if a.trial else ():
        yield f"{a.title}: {text}"


def _money(account: money.Account) -> Iterator[str]:
    for line in account.by_term:
        if line.activities:
            yield f"{line.name}: {_sums(line.firm, line.possible)}"
    yield f"In all: {_sums(account.firm, account.possible)}"
    if account.budget is not None:
        yield (
            f"Budget {money.pounds(account.budget)}: {money.pounds(account.left)} left, "
            f"{money.pounds(account.left_if_all)} if all of it comes about"
        )
    if account.at_risk:
        yield f"At risk, in penalties for missed sessions: {money.pounds(account.at_risk)}"
    yield from account.unknown


def _sums(firm: money.Sum, possible: money.Sum) -> str:
    told = f"{money.pounds(firm.net)} agreed ({money.days(firm.days)} of release)"
    if possible != money.Sum():
        told += f", {money.pounds(possible.net)} possible ({money.days(possible.days)})"
    return told


def sheet_markdown(one: PlanSheet) -> str:
    lines = [f"**{one.held}**", ""] if one.held else []
    lines += [f"# {escape(one.title)}", "", escape(one.lead)]
    for title, texts in one.sections:
        lines += ["", f"## {escape(title)}", "", *(f"- {escape(text)}" for text in texts)]
        if not texts:
            lines.append("Nothing yet.")
    return "\n".join(lines) + "\n"


def sheet_html(one: PlanSheet) -> str:
    """The page: as that of a landscape it asks for nothing from outside and runs nothing."""
    return "\n".join(_page(one)) + "\n"


def _page(one: PlanSheet) -> Iterator[str]:
    yield from page.opening(one.title, one.held)
    yield f'<h1 class="name">{page.safe(one.title)}</h1>'
    yield f'<p class="where">{page.safe(one.lead)}</p>'
    for title, texts in one.sections:
        yield f'<section class="reading"><h2>{page.safe(title)}</h2>'
        if texts:
            yield "<ul>"
            yield from (f"<li>{page.safe(text)}</li>" for text in texts)
            yield "</ul>"
        else:
            yield '<p class="quiet">Nothing yet.</p>'
        yield "</section>"
    yield from page.closing(clock.today())
