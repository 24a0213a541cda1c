"""The plan of professional learning as sections and pages: what its screens show, in which words.

Pure: made of what `domain.plan` works out, in the same shape as every other page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.activity import Activity, Session, Status, attendees_text
from navigator.core.errors import NotFoundError
from navigator.core.keys import NO_BODY, Key
from navigator.core.model import Landscape
from navigator.core.record import OwnRecord
from navigator.domain.plan import clashes, coverage, forward, listing, looks, money, programmes
from navigator.domain.plan import year as years
from navigator.domain.plan.coverage import Cell
from navigator.domain.plan.facts import facts
from navigator.domain.plan.listing import PlanRow
from navigator.domain.plan.money import MoneyLine, Sum
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.view import plan_budgets, plan_cover, plan_year
from navigator.view.parts import TO_SETTINGS, card, copied, figure, some
from navigator.view.plan_year import clash_line, clock_text, day_line
from navigator.view.record_sections import activity_card, activity_entry
from navigator.view.sections import Card, Entry, Fact, Page, Section

SORTS = ("what closes soon first", "by title", "by provider", "by status")

NAMED = 6
"""Activities named where a line or a card tells of what may be many."""

SHOWN = 200
"""Activities in the list: more take longer to lay out than a head wants to wait for a key."""

TICKED, OPEN = "■", "□"

SHORT = {
    "opens": "Opens",
    "closes": "Closes",
    "midyear_seen": "Mid-year",
    "practice": "Changed",
    "evidence": "At the end",
    "again": "Again",
}
NOT_SAID = {
    **dict.fromkeys(("provider", "kind", "release_days", "fee"), "not said"),
    "checked": "never",
    "why": "which priority does it serve?",
    "pupils": "which pupils are to gain?",
    "look_at": "what will we look at?",
    **dict.fromkeys(("midyear_on", "end_on"), "no day set"),
    "midyear_seen": "what did we see mid-year?",
    "practice": "what changed in practice?",
    "evidence": "what did we see at the end?",
    "again": "would we again?",
}
"""What an activity's page calls some fields, and says where the head hasn't."""

NO_PLAN = "Nothing planned yet."
A_TABLE = "navigator plan import FILE.csv takes a table."
PLANNING = "{add} adds an activity, or {plan-with} on any body of a landscape."
NONE_YET = "None yet."
ADDING_DAYS = "{add} adds some; {import} imports a calendar (.ics)."
NO_TERMS = "None of your own: autumn to December, spring to March, summer from April."

HOW_NET = "Release days × the cost of a day of cover, plus fees, less subsidies."
HOW_FIRM = "Of what is confirmed, under way or done."
HOW_POSSIBLE = "Of what is considered or applied for."
HOW_RISK = "The penalty for every session still to come of what is applied for or agreed."
HOW_SPREAD = (
    "Cover is spread evenly over an activity's sessions in school hours; fee and subsidy count "
    "where its first session does."
)

HOW_SHARED = (
    "what is its own share. Cover counts where people are released from, fees as each activity "
    "says. The budget is of the whole plan."
)

WHO_TO_ASK = "Set your school, in Settings, to see who might be asked."
GAPS = "Gaps, not a score: nothing is counted up. What an activity has is for you to tick."


class PlanView(NamedTuple):
    """What the plan's screen looks at: an academic year on a day, and how its list is narrowed and
    sorted.

    `rate` is what a day of cover costs, `most_out` how many may be out at once, `landscape` that of
    the head's own school; None where they aren't known. `seen` are the keys of the schools and
    trusts looked at, none for all, `schools` what is known of them; `whole` is the record of all of
    them, None where that is the one shown. `status` None is all; `sort` is a number
    of `SORTS`.
    """

    year: int
    today: date
    rate: Decimal | None = None
    most_out: int | None = None
    landscape: Landscape | None = None
    status: Status | None = None
    words: str = ""
    sort: int = 0
    seen: tuple[Key, ...] = ()
    schools: PlanSchools = ALONE
    whole: OwnRecord | None = None


def sections(tab: int, record: OwnRecord, view: PlanView) -> tuple[Section, ...]:
    """What a tab of the plan shows."""
    shown = view.schools.narrowed(record)
    return tuple(MAKERS[TABS[tab]](shown, view._replace(whole=record)))


def _of_year(record: OwnRecord, year: int) -> list[Activity]:
    return [a for a in record.activities if years.in_year(a, year)]


def _line(a: Activity, *, right: str = "", quiet: bool = False) -> Entry:
    """An activity by its title, which leads to it."""
    return Entry(a.title, right=right, card=activity_card(a), quiet=quiet)


# --- the list ---


def _list(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year's activities: what closes, what comes, what has no date, what is over."""
    these = _of_year(record, view.year)
    status = (view.status,) if view.status else ()
    rows = listing.rows(these, view.today, status=status, words=view.words)
    if not rows:
        year = years.name(view.year)
        narrowed = f"None of the {len(these)} of {year} fits."
        widen = "{filter} and {status} widen it."
        said, after, keys = (narrowed, "", widen) if these else (NO_PLAN, A_TABLE, PLANNING)
        yield Section(f"Activities, {year}", empty=said, after=after, keys=keys)
        return
    whole = view.whole or record
    found = view.schools.clashes(whole.activities, whole.days, view.most_out)
    clashing = Counter(name for c in found for name in {held.activity.id for held in c.held})
    if view.sort:
        rows = tuple(sorted(rows, key=lambda row: _sorted_by(row, view.sort)))
    groups: dict[str, list[Entry]] = {}
    for row in rows[:SHOWN]:
        title = f"Activities, {SORTS[view.sort]}" if view.sort else _group(row, view.today)
        entry = activity_entry(row, view.today, clashing)
        if view.schools.several:
            whose = view.schools.some(view.schools.owners(row.activity))
            entry = entry._replace(detail=wording.joined(whose, entry.detail))
        groups.setdefault(title, []).append(entry)
    more = len(rows) - SHOWN
    after = wording.joined(
        f"{more:,} more: / and f narrow them down" if more > 0 else "",
        clashes.bank_holidays_end(these),
        sign="  ",
    )
    last = list(groups)[-1]
    for title, entries in groups.items():
        yield Section(title, tuple(entries), after=after if title == last else "")


def _sorted_by(row: PlanRow, sort: int) -> tuple[str, int, str]:
    a = row.activity
    provider = a.provider_name.casefold() if SORTS[sort] == "by provider" else ""
    status = list(Status).index(a.status) if SORTS[sort] == "by status" else 0
    return provider, status, a.title.casefold()


def _group(row: PlanRow, today: date) -> str:
    if row.closes_in is not None:
        return "Recruitment closes"
    if row.activity.status in (Status.DONE, Status.DECLINED):
        return "Done or declined"
    if row.next is None:
        return years.NO_DATE
    return "Coming" if row.next >= today else "Under way or past"


def of_year(record: OwnRecord, today: date) -> tuple[Entry, ...]:
    """This year's activities, a line each, for the yearly review: without who attends."""
    these = _of_year(record, years.year_of(today))
    return tuple(
        Entry(
            wording.joined(a.title, a.provider_name, str(a.status)),
            "" if number else "Planned",
            card=activity_card(a),
            fact=True,
        )
        for number, a in enumerate(a for a in these if a.status is not Status.DECLINED)
    )


# --- money and cover ---


def _money(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """Money and cover of a year: against the budget, by term, by provider, and what isn't known."""
    schools = view.schools
    # A budget is of the whole plan: what one school costs isn't to be held against it
    budget = money.budget_of(record.budgets, view.year) if schools.seen is None else None
    account = money.account(
        record.activities,
        record.days,
        view.year,
        rate=view.rate,
        budget=budget,
        today=view.today,
        shares=schools if schools.several else None,
    )
    agreed, possible = account.firm, account.possible
    spent = f"{money.pounds(budget)} − {agreed.words} agreed"
    all_spent = f"{spent} − {possible.words} possible"
    cover = f"{money.pounds(view.rate)} a day" if view.rate is not None else "not set"
    lines = (
        _amount("Budget", budget, "What you set for the year: under Days."),
        _sum("Agreed", agreed, HOW_FIRM, budget),
        _sum("Possible", possible, HOW_POSSIBLE, budget),
        _counted("Left", account.left_words, f"The budget less what is agreed. Here: {spent}."),
        _counted(
            "Left if all comes about",
            account.left_if_all_words,
            f"The budget less all of it. Here: {all_spent}.",
        ),
        _counted("At risk", account.risk_words, f"{HOW_RISK} {_risks(record, view)}"),
        _counted("A day of cover", cover, "What you set in Settings."),
    )
    entries = [entry for entry in lines if entry.right]
    widest = max(len(entry.right) for entry in entries)
    aligned = (entry._replace(right=entry.right.rjust(widest)) for entry in entries)
    here = _of_year(record, view.year) if schools.several else ()
    lacking = (*account.unknown, *(schools.unknown(here) if schools.several else ()))
    unknown = tuple(Entry(text, card=copied(text), fact=True) for text in lacking)
    lead = f"{schools.name}: {HOW_SHARED}" if schools.seen is not None else ""
    yield Section("Money and cover", tuple(aligned), lead=lead)
    if schools.several:
        yield _money_table("By school", schools.by_school(here, view.year, view.rate))
    if schools.seen is None:  # budgets and subsidies aren't shared out over schools
        yield from plan_budgets.sections(record, view.year, view.rate)
    yield _money_table("By term", account.by_term)
    yield _money_table("By provider", account.by_provider)
    yield Section("Not known, so not counted", unknown, "Nothing: all of it is known.")
    differ = (Entry(text, card=copied(text), fact=True) for text in account.differ)
    yield from some("Release days to look at again", differ)


def _counted(label: str, said: str, how: str) -> Entry:
    """A figure as a line whose card tells how it is counted."""
    return Entry(label, right=said, card=figure(label, said, ("Counted", how)), fact=True)


def _amount(label: str, amount: Decimal | None, how: str) -> Entry:
    """A sum as a line; nothing stands at its right where it isn't known."""
    return _counted(label, money.pounds(amount), how)


def _sum(label: str, parts: Sum, of_what: str, budget: Decimal | None) -> Entry:
    """A sum with its arithmetic, and a bar of the budget where there is one."""
    line = _counted(label, parts.words, f"{HOW_NET} {of_what} Here: {_arithmetic(parts)}.")
    if not budget:
        return line
    share = float(parts.net / budget)
    over = "over the budget" if share > 1 else ""
    return line._replace(share=min(max(share, 0.0), 1.0), detail=over)


def _arithmetic(parts: Sum) -> str:
    """ "2 days of release £420 + fees £150 − subsidies £0"."""
    days = money.days(parts.days)
    release = money.in_part(f"{days} of release", bool(parts.days), "days" not in parts.unknown)
    release = "release days not known" if release == money.NOT_KNOWN else release
    return (
        f"{release} {parts.part('cover')} + fees {parts.part('fees')} "
        f"− subsidies {money.pounds(parts.subsidies)}"
    )


def _risks(record: OwnRecord, view: PlanView) -> str:
    """What of each activity is at risk, reckoned as all of it is."""
    missable = ((a, money.missable(a, view.year, view.today)) for a in record.activities)
    found = [(a, number) for a, number in missable if number]

    def told(a: Activity, number: int) -> str:
        penalty = a.penalty or money.NOUGHT
        risk = number * penalty
        share = view.schools.risk(a, risk)
        here = money.NOT_KNOWN if share is None else money.pounds(share)
        part = "" if share == risk else f", of which {here} here"
        return f"{a.title}, {wording.count(number, 'session')} × {money.pounds(penalty)}{part}"

    named = _named([told(*one) for one in found[:NAMED]], "; ", of=len(found))
    return f"Here: {named}." if found else ""


def _named(texts: Sequence[str], sign: str = ", ", *, of: int = 0) -> str:
    """Texts as one, the first few of them where they are many; `of` is how many, if more."""
    more = wording.and_more((of or len(texts)) - NAMED)
    return wording.joined(sign.join(texts[:NAMED]), more, sign=" ")


def _titles(activities: Iterable[Activity]) -> str:
    return _named([a.title for a in activities])


def _money_table(title: str, lines: Iterable[MoneyLine]) -> Section:
    rows = tuple(_money_row(line) for line in lines if line.activities)
    return Section(title, rows, "Nothing yet.", legend=("days", "agreed", "possible"))


def _in_cell(told: str, something: bool, known: bool) -> str:
    """An amount in a narrow cell: "£420+?" where more belongs to it that isn't known, "?" for
    nothing known."""
    if known:
        return told
    return f"{told}+?" if something else "?"


def _money_row(line: MoneyLine) -> Entry:
    """A term's or a provider's figures, and how they are counted; a body's leads to its page."""
    both = money.total((line.firm, line.possible))
    number = f"{both.days:f}".rstrip("0").rstrip(".") or "0"
    days = _in_cell(number, bool(both.days), "days" not in both.unknown)
    agreed, possible = (
        _in_cell(money.pounds(part.net), bool(part.net), part.known)
        for part in (line.firm, line.possible)
    )
    facts = (
        ("Agreed", f"{line.firm.words}: {_arithmetic(line.firm)}"),
        ("Possible", f"{line.possible.words}: {_arithmetic(line.possible)}"),
        ("Activities", _titles(line.activities)),
        ("Counted", f"{HOW_NET} {HOW_SPREAD}"),
    )
    said = f"Agreed {line.firm.words}, possible {line.possible.words}"
    return Entry(
        line.name,
        cells=(days, agreed, possible),
        detail=wording.count(len(line.activities), "activity", "activities"),
        card=card(line.key, line.name, facts, kind="Figure", copy=said),
    )


# --- coverage ---


def _coverage(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """What the year's plan covers, as gaps; beside a gap who nearby might be asked."""
    cover = coverage.cover(_of_year(record, view.year), view.landscape)
    lead = wording.joined(GAPS, "" if view.landscape else WHO_TO_ASK, sign=" ")
    keys = "" if view.landscape else TO_SETTINGS
    for title, cells in cover.groups:
        lines = tuple(e for cell in cells for e in _cell_lines(cell))
        yield Section(title, lines, lead=lead, keys=keys)
        lead = keys = ""
    balanced = (
        Entry(a.title, detail=said, card=activity_card(a))
        for a in _of_year(record, view.year)
        if a.status is not Status.DECLINED
        and (said := wording.joined(*(coverage.balance(a, f) for f in coverage.BALANCED)))
    )
    yield from some("Activity by activity", balanced)
    relied = tuple(
        Entry(
            r.name,
            detail=_titles(r.activities),
            card=card(r.key, r.name, kind="Provider") if r.key else activity_card(r.activities[0]),
        )
        for r in cover.providers
    )
    yield Section("Providers relied on", relied, "None yet.")
    yield from some("Nothing ticked yet: gaps may be theirs", map(_line, cover.unticked))


def _cell_lines(cell: Cell) -> Iterable[Entry]:
    covering = (*cell.firm, *cell.possible)
    if covering:
        yield Entry(cell.name, card=activity_card(covering[0]), fact=True)
        for number, a in enumerate(covering[:NAMED]):
            comes = "if it comes about" if number >= len(cell.firm) else str(a.status)
            yield _line(a, right=comes, quiet=True)
        if more := wording.and_more(len(covering) - NAMED):
            yield Entry(more, card=copied(cell.words), quiet=True)
        return
    yield Entry(cell.name, right=coverage.NOTHING, card=copied(cell.name), fact=True)
    for offer in cell.offers:
        asked = card(offer.key, offer.name, kind=offer.key.programme_and_hub[0])
        yield Entry(f"ask {offer.name}", right=offer.words, card=asked, quiet=True)


# --- own days ---


def _days(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year's holidays, INSET days, terms and budget."""
    first, last = years.span(view.year)
    here = [d for d in record.days if d.first <= last and d.last >= first]
    here.sort(key=lambda d: (d.first, d.last))
    for kind, title, none in (
        ("term", "Terms", NO_TERMS),
        ("holiday", "Holidays", NONE_YET),
        ("inset", "INSET days", NONE_YET),
    ):
        lines = tuple(
            day_line(day)._replace(detail=view.schools.call_all(day.schools))
            for day in here
            if day.kind == kind
        )
        keys = (
            ""
            if lines or none == NO_TERMS
            else "{add} adds some; {import} imports a calendar (.ics)."
        )
        yield Section(title, lines, none, keys=keys)
    year = years.name(view.year)
    budgets = tuple(
        Entry(
            wording.joined(money.pounds(budget.amount), budget.name, sign=" "),
            right=year,
            card=card(Key.of("budget", budget.id), f"Budget {year} {budget.name}", kind="Budget"),
        )
        for budget in sorted(record.budgets, key=lambda b: b.name.casefold())
        if budget.year == view.year
    )
    yield Section("Budget", budgets, "Not set.", keys="" if budgets else "{budget} sets it.")


# --- one activity ---


def activity_page(
    record: OwnRecord,
    name: str,
    today: date,
    rate: Decimal | None,
    *,
    most_out: int | None = None,
    schools: PlanSchools = ALONE,
) -> Page:
    """All that an activity holds. Raises NotFoundError where it is no longer there."""
    a = next((a for a in record.activities if a.id == name), None)
    if a is None:
        raise NotFoundError("That activity is no longer in the plan.")
    every = schools.clashes(record.activities, record.days, most_out)
    mine = (c for c in every if any(held.activity.id == a.id for held in c.held))
    warned = (
        looks.due_words(a, today),
        *programmes.warnings(a),
        listing.check_again(a, today),
    )
    last = forward.before(a, record.activities)
    cautions = (Entry(t[:1].upper() + t[1:], card=copied(t), fact=True) for t in warned if t)
    sessions = tuple(_session_line(a, s, schools) for s in a.sessions)
    found = (
        _what(a, schools),
        *some("Mind", cautions),
        Section(
            f"Sessions: {len(sessions)}",
            sessions,
            NONE_YET,
            keys="" if sessions else "{add} adds one.",
        ),
        *some("Clashes", map(clash_line, mine)),
        _money_of(a, rate),
        *some("What each school pays", _shares_of(a, rate, schools)),
        Section("Why and so what", _beside(a, "why", last)),
        Section("What we saw", (*_beside(a, "reflection", last), *_last_year(last))),
        *(
            Section(
                title, tuple(_tick(a, field, id, said) for id, said in words.items()), after=after
            )
            for field, title, words in coverage.TICKED
            for after in (_balance(a, field),)
        ),
    )
    source = cleaning.link(a.source) if "." in a.source and " " not in a.source else ""
    return Page(Key.of("activity", a.id), f"Activity, {a.status}", a.title, found, source)


def _what(a: Activity, schools: PlanSchools) -> Section:
    told = _facts(a, "")
    told["schools"] = told["schools"][0], schools.call_all(a.schools)
    told["attends"] = told["attends"][0], attendees_text(a.attends, schools=schools.names)
    provider, *others = _part("what", a, told.values())
    if a.provider:
        leads = card(a.provider, a.provider_name or a.provider, kind="Provider")
        provider = provider._replace(card=leads)
    return Section("About", (provider, *others))


def _facts(a: Activity, part: str) -> dict[str, Fact]:
    """The facts of a part by field, under names that are short; where one matters, that it isn't
    said is said."""
    return {
        name: (SHORT.get(name, label), words or NOT_SAID.get(name, ""))
        for name, (label, words) in facts(a, part).items()
    }


def _part(part: str, a: Activity, told: Iterable[Fact]) -> tuple[Entry, ...]:
    """Facts as lines that lead to the form in which they are changed."""
    key = Key.of(f"activity-{part}", a.id)
    shown = [(label, cleaning.plain(value)) for label, value in told if value]
    return tuple(
        Entry(text, label, card=card(key, label, kind="Part", copy=text), fact=True)
        for label, text in shown
    )


def _shares_of(a: Activity, rate: Decimal | None, schools: PlanSchools) -> Iterable[Entry]:
    """What an activity of several schools costs each of them."""
    if len(schools.of(a)) == 1:
        return
    for urn, part in schools.each(a, rate).items():
        leads = card(Key.school(urn) if urn else NO_BODY, schools.call(urn), kind="School")
        yield Entry(schools.call(urn), right=part.words, detail=_arithmetic(part), card=leads)
    for said in schools.unknown([a]):
        yield Entry(said, card=copied(said), fact=True)


def _session_line(a: Activity, session: Session, schools: PlanSchools) -> Entry:
    hours = {True: "in school hours", False: "out of school hours", None: ""}
    when = wording.day(session.date)
    who = attendees_text(a.attending(session), schools=schools.names)
    return Entry(
        f"{session.date:%A} {when}",
        right=clock_text(session),
        detail=wording.joined(hours[session.in_school_hours], session.place, who),
        card=Card(Key.nested("session", a.id, session.id), "Session", when),
    )


def _money_of(a: Activity, rate: Decimal | None) -> Section:
    told = _facts(a, "money")
    told["costs"] = ("Costs", money.cost(a, rate).words)
    told["from people"] = ("Mind", money.release_words(a))
    del told["penalty"]
    risk = f"{money.pounds(a.penalty)} for a session missed" if a.penalty else ""
    shown = (*told.values(), ("Penalty", risk))
    return Section("Money and cover", _part("money", a, shown), lead=HOW_NET)


def _balance(a: Activity, field: str) -> str:
    """Which of them this one activity has all of, or lacks, as a sentence."""
    said = coverage.balance(a, field) if field in coverage.BALANCED else ""
    return f"This activity: {said}." if said else ""


def _tick(a: Activity, field: str, id: str, said: str) -> Entry:
    on = id in getattr(a, field)
    leads = card(Key.nested("tick", a.id, field, id), said, kind="Tick")
    mark = TICKED if on else OPEN
    return Entry(f"{mark} {said}", right="ticked" if on else "", card=leads, fact=True)


def _beside(a: Activity, part: str, last: Activity | None) -> tuple[Entry, ...]:
    """The facts of a part; beside each what last year's activity says there."""
    told = _facts(a, part)
    earlier = facts(last, part) if last else {}
    return tuple(
        line._replace(detail=cleaning.plain(f"{_when(last)}: {words}") if last and differs else "")
        for name, fact in told.items()
        for words in (earlier[name][1] if name in earlier else "",)
        for differs in (words not in ("", fact[1]),)
        for line in _part(part, a, (fact,))
    )


def _when(a: Activity) -> str:
    """The academic year, or years, of an activity: "2025-26"."""
    return ", ".join(map(years.name, sorted(years.years_of(a))))


def _last_year(last: Activity | None) -> Iterable[Entry]:
    """The way to last year's activity."""
    if last is not None:
        yield Entry(
            wording.joined(last.title, _when(last)),
            "Before",
            right=str(last.status),
            card=activity_card(last),
            fact=True,
        )


def _year(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year as a calendar."""
    whole = view.whole or record
    clashing = view.schools.clashes(whole.activities, whole.days, view.most_out)
    return plan_year.sections(record, view.year, view.today, clashing, view.schools)


Maker = Callable[[OwnRecord, PlanView], Iterable[Section]]

MAKERS: dict[str, Maker] = {
    "List": _list,
    "Year": _year,
    "Money": _money,
    "Coverage": _coverage,
    "Days": _days,
    "Who is out": lambda record, view: plan_cover.sections(
        record, view.year, view.most_out, view.schools
    ),
}
TABS = tuple(MAKERS)
"""The tabs of the plan's screen."""
