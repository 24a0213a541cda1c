"""Money and cover: release days x supply rate + fees - subsidies, by term and by provider.

Amounts are pounds and pence, and every split adds up to the penny. An activity's cover is spread
evenly over its sessions in school hours (over all of them where none is said to be); its fee and
subsidy fall on its first session. What has no session yet stands under "No date yet". Penalties
aren't part of any sum: they are what missed sessions would cost, apart, as "at risk".

What isn't known is never nought: a sum says which of its parts aren't known in full, and what its
words say is "not known", or what is known "+ not known".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from navigator.core.activity import COMMITTED, Activity, Budget, PlanDay, Status
from navigator.core.keys import NO_BODY, Key
from navigator.core.session import Session
from navigator.domain.plan import cover
from navigator.domain.plan import providers as of_providers
from navigator.domain.plan import year as years

NOUGHT = Decimal("0.00")
PENNY = Decimal("0.01")
NO_PROVIDER = "No provider yet"


NOT_KNOWN = "not known"


class Sum(NamedTuple):
    """Amounts that add up: `net` is what it costs, of what is known.

    `unknown` names the parts that aren't known in full: "days", "cover", "fees".
    """

    days: Decimal = NOUGHT
    cover: Decimal = NOUGHT
    fees: Decimal = NOUGHT
    subsidies: Decimal = NOUGHT
    unknown: frozenset[str] = frozenset()

    @property
    def net(self) -> Decimal:
        return self.cover + self.fees - self.subsidies

    @property
    def known(self) -> bool:
        """Whether all that it costs is known."""
        return not self.unknown & {"cover", "fees"}

    @property
    def words(self) -> str:
        """What it costs: "£420", "£420 + not known", "not known"."""
        return in_part(pounds(self.net), bool(self.net), self.known)

    def part(self, name: str) -> str:
        """One of its parts, in the same way; days as "2.5 days"."""
        amount: Decimal = getattr(self, name)
        told = days(amount) if name == "days" else pounds(amount)
        return in_part(told, bool(amount), name not in self.unknown)


NOTHING = Sum()
"""What a session costs on which nothing falls."""


def in_part(told: str, something: bool, known: bool) -> str:
    """An amount in words, and whether more belongs to it that isn't known."""
    if known:
        return told
    return f"{told} + {NOT_KNOWN}" if something else NOT_KNOWN


def total(sums: Iterable[Sum]) -> Sum:
    days = covers = fees = subsidies = NOUGHT
    unknown: frozenset[str] = frozenset()
    for one in sums:
        if one is NOTHING:  # of a plan's parts the most are
            continue
        days, covers = days + one.days, covers + one.cover
        if one.fees or one.subsidies:
            fees, subsidies = fees + one.fees, subsidies + one.subsidies
        unknown |= one.unknown
    return Sum(days, covers, fees, subsidies, unknown)


class MoneyLine(NamedTuple):
    """A term or a provider: `firm` is confirmed, under way or done; `possible` is considered or
    applied for. `key` is a provider's, "" for a term or a provider that is only a name."""

    name: str
    firm: Sum
    possible: Sum
    activities: tuple[Activity, ...]
    key: Key = NO_BODY


class Account(NamedTuple):
    """The money of an academic year.

    `unknown` says what isn't known and so isn't counted, `differ` where the release days typed
    aren't those that who attends makes. `left` is the budget less what is
    firm, and `left_if_all` less all of it; None without a budget. `at_risk` is the penalty for
    every session still to come of what has been applied for or promised, as far as it is known of
    the schools looked at; `risk_known` is whether it is in full.
    """

    by_term: tuple[MoneyLine, ...]
    by_provider: tuple[MoneyLine, ...]
    firm: Sum
    possible: Sum
    budget: Decimal | None
    at_risk: Decimal
    unknown: tuple[str, ...]
    differ: tuple[str, ...] = ()
    risk_known: bool = True

    @property
    def risk_words(self) -> str:
        """What is at risk: "£75", "£75 + not known"; "" for nothing."""
        if self.risk_known and not self.at_risk:
            return ""
        return in_part(pounds(self.at_risk), bool(self.at_risk), self.risk_known)

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.firm.net

    @property
    def left_if_all(self) -> Decimal | None:
        return None if self.left is None else self.left - self.possible.net

    @property
    def left_words(self) -> str:
        """What is left: "£620"; "at most £620" where not all that is agreed is known."""
        return at_most(self.left, self.firm.known)

    @property
    def left_if_all_words(self) -> str:
        return at_most(self.left_if_all, self.firm.known and self.possible.known)


def at_most(amount: Decimal | None, known: bool) -> str:
    """ "£620"; "at most £620" where not all that takes from it is known; "" for none."""
    return pounds(amount) if known or amount is None else f"at most {pounds(amount)}"


@lru_cache(4096)  # a plan has few amounts, told on many lines
def pounds(amount: Decimal | None) -> str:
    """ "£1,200", "£120.50", "-£5"; "" for none."""
    if amount is None:
        return ""
    size = abs(amount)
    shown = f"{size:,.0f}" if size == size.to_integral_value() else f"{size:,.2f}"
    return f"{'-' if amount < 0 else ''}£{shown}"


def days(amount: Decimal | None) -> str:
    """ "2.5 days", "1 day"; "" for none."""
    if amount is None:
        return ""
    shown = f"{amount.normalize():f}" if amount else "0"
    return f"{shown} {'day' if amount == 1 else 'days'}"


def budget_of(budgets: Iterable[Budget], year: int) -> Decimal | None:
    """What may be spent in a year: the budget without a name, else those with names together."""
    here = [b for b in budgets if b.year == year]
    whole = next((b.amount for b in here if not b.name), None)
    return whole if whole is not None or not here else sum((b.amount for b in here), NOUGHT)


def _subsidy_of(activity: Activity) -> Decimal | None:
    """The subsidy that is expected, else claimed, else received; None where none is known."""
    told = (activity.subsidy, activity.subsidy_claimed, activity.subsidy_received)
    return next((amount for amount in told if amount is not None), None)


def release_days(activity: Activity) -> Decimal | None:
    """Its release days as they are counted everywhere: those given, else 0 where no session is in
    school hours; None where they aren't known."""
    if activity.release_days is not None:
        return activity.release_days
    made = cover.proposed(activity)
    return NOUGHT if made and not made.days else None


def release_told(activity: Activity) -> str:
    """ "2 days", "none, as no session is in school hours"; "" where they aren't known."""
    if activity.release_days is None and release_days(activity) is not None:
        return "none, as no session is in school hours"
    return days(activity.release_days)


def cost(activity: Activity, rate: Decimal | None) -> Sum:
    """What an activity costs in all, of what is known."""
    release = release_days(activity)
    unknown = {
        "days": release is None,
        "cover": release is None or (rate is None and release > 0),
        "fees": activity.fee is None,
    }
    return Sum(
        release or NOUGHT,
        _penny(release * rate) if rate and release else NOUGHT,
        activity.fee or NOUGHT,
        _subsidy_of(activity) or NOUGHT,
        frozenset(name for name, is_unknown in unknown.items() if is_unknown),
    )


def parts(activity: Activity, rate: Decimal | None) -> tuple[tuple[Session | None, Sum], ...]:
    """The cost session by session; None for an activity without any. They add up to `cost`."""
    whole = cost(activity, rate)
    sessions = sorted(activity.sessions, key=lambda session: session.order)
    if not sessions:
        return ((None, whole),)
    out = [s for s in sessions if s.in_school_hours] or sessions
    shares = zip(_split(whole.days, len(out)), _split(whole.cover, len(out)), strict=True)
    lacking = whole.unknown - {"fees"}
    part_of = {
        s.id: Sum(days, cost, unknown=lacking) if days or cost or lacking else NOTHING
        for s, (days, cost) in zip(out, shares, strict=True)
    }
    (first, part), *others = ((s, part_of.get(s.id, NOTHING)) for s in sessions)
    unknown = part.unknown | whole.unknown & {"fees"}
    part = part._replace(fees=whole.fees, subsidies=whole.subsidies, unknown=unknown)
    return (first, part), *others


def _split(amount: Decimal, ways: int) -> list[Decimal]:
    """An amount in so many parts that add up to it, none more than a penny from another."""
    if not amount:
        return [NOUGHT] * ways
    pence = int((amount / PENNY).to_integral_value(ROUND_HALF_UP))
    each, over = divmod(pence, ways)
    return [PENNY * (each + 1)] * over + [PENNY * each] * (ways - over)


def account(
    activities: Iterable[Activity],
    own_days: Sequence[PlanDay],
    year: int,
    *,
    rate: Decimal | None,
    budget: Decimal | None = None,
    today: date,
    shares: Shares | None = None,
) -> Account:
    """The money of a year. Of an activity that spans two, each gets its sessions' part.

    Args:
        activities: The plan; what was declined costs nothing.
        own_days: For the head's own terms.
        year: The September it begins in.
        rate: What a day of cover costs; None where the head hasn't said.
        budget: What may be spent, None where the head hasn't said.
        today: From which day on a session can still be missed.
        shares: What of each activity is counted; all of it without.
    """
    among = years.terms(year, own_days)
    by_term: dict[str, list[_Part]] = {term.name: [] for term in among}
    by_provider: dict[str, list[_Part]] = {}
    counted = [a for a in activities if a.status is not Status.DECLINED and years.in_year(a, year)]
    risks: list[Decimal | None] = []
    identify = of_providers.identifier(counted)
    term_at: dict[date, str] = {}  # "" for a day of another year
    for a in counted:
        of_provider = by_provider.setdefault(identify(a), [])
        risk = (a.penalty or NOUGHT) * missable(a, year, today)
        for session, part in shares.parts(a, rate) if shares else parts(a, rate):
            term = years.NO_DATE
            if session:
                day = session.date
                if day not in term_at:
                    here = years.year_of(day) == year
                    term_at[day] = years.term_of(day, among) if here else ""
                term = term_at[day]
            if term:
                by_term.setdefault(term, []).append((a, part))
                of_provider.append((a, part))
        risks.append(shares.risk(a, risk) if shares and risk else risk)
    terms = tuple(line(name, held) for name, held in by_term.items())
    named = (
        (next((a for a, _ in held if a.provider), held[0][0]), held)
        for held in by_provider.values()
        if held
    )
    providers = (
        line(a.provider_name or a.provider or NO_PROVIDER, held, a.provider) for a, held in named
    )
    return Account(
        terms,
        tuple(sorted(providers, key=lambda x: (-(x.firm.net + x.possible.net), x.name.casefold()))),
        total(one.firm for one in terms),
        total(one.possible for one in terms),
        budget,
        sum((risk for risk in risks if risk is not None), NOUGHT),
        _unknown(counted, rate),
        tuple(text for a in counted if (text := differs(a))),
        None not in risks,
    )


def missable(a: Activity, year: int, today: date) -> int:
    """How many sessions of a year can still be missed at a penalty."""
    if not a.penalty or a.status in (Status.CONSIDERING, Status.DONE, Status.DECLINED):
        return 0
    return sum(session.date >= today for session in years.sessions_in(a, year))


_Part = tuple[Activity, Sum]


class Shares(Protocol):
    """What of each activity is counted: of several schools, that of those looked at."""

    def parts(
        self, a: Activity, rate: Decimal | None, /
    ) -> tuple[tuple[Session | None, Sum], ...]: ...

    def risk(self, a: Activity, amount: Decimal, /) -> Decimal | None: ...


def line(name: str, held: Sequence[_Part], key: Key = NO_BODY) -> MoneyLine:
    """A line of an account: activities and the parts of them that it counts."""
    every = {a.id: a for a, _ in held}
    agreed = {a.id for a in every.values() if a.status in COMMITTED}
    firm = total(part for a, part in held if a.id in agreed)
    possible = total(part for a, part in held if a.id not in agreed)
    return MoneyLine(name, firm, possible, tuple(every.values()), key)


def _unknown(activities: Sequence[Activity], rate: Decimal | None) -> tuple[str, ...]:
    """What the sums leave out, in sentences."""
    said = []
    if rate is None and any(a.release_days for a in activities):
        said.append("Cover isn't counted: what a day of supply costs isn't known.")
    for what, without in (
        ("Release days aren't", sum(release_days(a) is None for a in activities)),
        ("The fee isn't", sum(a.fee is None for a in activities)),
    ):
        if without:
            said.append(f"{what} known for {without:,} of {len(activities):,}.")
    for a in activities:
        made = cover.proposed(a) if a.release_days is None else None
        if made and made.days:
            said.append(f"{a.title}: who attends makes {days(made.days)} ({made.words}).")
    return tuple(said)


def release_words(activity: Activity) -> str:
    """What is said beside an activity's release days: those that who attends makes, where they
    aren't the same; "" for nothing to say."""
    made = cover.proposed(activity)
    if made is None or made.days == (activity.release_days or NOUGHT):
        return ""
    return f"Who attends makes {days(made.days)} of release ({made.words})."


def differs(activity: Activity) -> str:
    """A sentence where the release days typed aren't those that who attends makes, else ""."""
    made, typed = cover.proposed(activity), activity.release_days
    if made is None or typed is None or made.days == typed:
        return ""
    return (
        f"{activity.title}: {days(typed)} of release typed, who attends makes {days(made.days)} "
        f"({made.words})."
    )


def _penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)
