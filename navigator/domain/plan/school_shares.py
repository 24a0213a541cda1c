"""What each school pays of a plan of several.

What an activity costs is shared session by session, to the penny. Cover goes to the schools that
people are released from: a person's own (`@139217`), else the one school of the activity, else the
one that the plan has for that name; a role without a school is that role in each of the activity's
schools. Where that isn't known of everyone, and of all teachers, whom nobody counts, cover is
shared as fees are: equally, in proportion to pupils, or by parts that were typed. Without a roll
that the register knows nothing is guessed: the share isn't known, and the amount stands apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from navigator.core import typed_schools
from navigator.core.activity import Activity, Status
from navigator.core.errors import RefusedError
from navigator.core.keys import NO_BODY, Key
from navigator.core.session import Session
from navigator.domain.plan import cover, money
from navigator.domain.plan import year as years
from navigator.domain.plan.money import MoneyLine, Sum
from navigator.domain.plan.whose import NOT_SHARED, UNSAID, Whose

_Shares = dict[int | None, Sum]
_Weights = Mapping[int, int]
"""Whole numbers by which an amount is shared."""


class SchoolShares(Whose):
    """The schools of a plan, with what each pays."""

    __slots__ = ()

    def parts(self, a: Activity, rate: Decimal | None) -> tuple[tuple[Session | None, Sum], ...]:
        """What of an activity's cost is that of the schools looked at, as `money.parts`."""
        if not self.several or (self.seen is None) or self.seen.issuperset(self.of(a)):
            return money.parts(a, rate)
        return tuple((s, self._looked_at(shares)) for s, shares in self.shared(a, rate))

    def cost(self, a: Activity, rate: Decimal | None) -> Sum:
        """What of an activity's whole cost is that of the schools looked at."""
        if not self.several:
            return money.cost(a, rate)
        return money.total(part for _, part in self.parts(a, rate))

    def risk(self, a: Activity, amount: Decimal) -> Decimal | None:
        """What of the penalties of an activity is that of the schools looked at, as fees are; None
        where that isn't known."""
        of = self.of(a)
        if not self.several or self.seen is None or self.seen.issuperset(of):
            return amount
        weights = self._weights(a)
        if weights is None:
            return None
        shares = dict(zip(of, _Apportioned(weights).next(amount), strict=True))
        return sum((shares[urn] for urn in of if self.sees((urn,))), money.NOUGHT)

    def _looked_at(self, shares: _Shares) -> Sum:
        return money.total(s for urn, s in shares.items() if urn is not None and self.sees((urn,)))

    def shared(self, a: Activity, rate: Decimal | None) -> Iterator[tuple[Session | None, _Shares]]:
        """The cost session by session, and of each the share of each school; what isn't shared yet
        under None. They add up to `money.parts`."""
        of = self.of(a)
        if len(of) == 1:
            for session, part in money.parts(a, rate):
                yield session, {of[0]: part}
            return
        usual = self._weights(a)
        kinds: dict[str, dict[tuple[int, ...], _Apportioned]] = defaultdict(dict)

        def share(kind: str, amount: Decimal, weights: _Weights | None) -> list[Decimal]:
            if weights is None:
                return [money.NOUGHT] * len(of)
            key = tuple(weights.values())
            held = kinds[kind].setdefault(key, _Apportioned(weights))
            return held.next(amount)

        for session, part in money.parts(a, rate):
            released = self._released(a, session) or usual
            days, covers = (
                share(name, getattr(part, name), released) for name in ("days", "cover")
            )
            fees, subsidies = (
                share(name, getattr(part, name), usual) for name in ("fees", "subsidies")
            )
            lacking = part.unknown
            if released is None:
                lacking |= {n for n in ("days", "cover") if getattr(part, n)}
            if usual is None and (part.fees or part.subsidies):
                lacking |= {"fees"}
            four = zip(days, covers, fees, subsidies, strict=True)
            shares: _Shares = {
                urn: Sum(*amounts, lacking) for urn, amounts in zip(of, four, strict=True)
            }
            given = money.total(shares.values())
            left = Sum(
                part.days - given.days,
                part.cover - given.cover,
                part.fees - given.fees,
                part.subsidies - given.subsidies,
            )
            yield session, {**shares, **({NOT_SHARED: left} if left != Sum() else {})}

    def each(self, a: Activity, rate: Decimal | None) -> _Shares:
        """What an activity costs each of its schools, and what isn't shared yet."""
        held: dict[int | None, list[Sum]] = defaultdict(list)
        for _, shares in self.shared(a, rate):
            for urn, part in shares.items():
                held[urn].append(part)
        order = sorted(held, key=lambda urn: urn is NOT_SHARED)
        return {urn: money.total(held[urn]) for urn in order}

    def _weights(self, a: Activity) -> _Weights | None:
        """How fees are shared, in the order of the schools; None where that isn't known."""
        owners = self.owners(a)
        parts: Mapping[int, Decimal | int | None]
        if len(owners) == 1 or not a.split:
            parts = dict.fromkeys(owners, 1)
        elif a.split == typed_schools.PUPILS:
            parts = self.rolls
        else:
            try:
                parts = typed_schools.typed_parts(a.split)
            except RefusedError:
                return None
        given = [parts.get(urn) for urn in owners]
        if None in given or not any(given):
            return None
        # A part that was typed has two decimals at most
        return {urn: int((parts.get(urn) or 0) * 100) * (urn in owners) for urn in self.of(a)}

    def _released(self, a: Activity, session: Session | None) -> _Weights | None:
        """How many are released from each school for a session, in the order of the schools; None
        where that isn't known of everyone."""
        of = self.of(a)
        who = self.at_schools(a, a.attending(session) if session else a.attends)
        # Of an activity of the head's own school, which the settings don't tell, so are they
        at = [UNSAID if p.school is None and UNSAID in of else p.school for p in who]
        if not who or not set(at) <= set(of) or any(map(cover.is_group, who)):
            return None
        return {urn: at.count(urn) for urn in of}

    def unknown(self, activities: Iterable[Activity]) -> Iterator[str]:
        """Sentences on what can't be shared."""
        for a in activities:
            if self._weights(a) is not None:
                continue
            if a.split == typed_schools.PUPILS:
                lacking = self.call_all(u for u in self.owners(a) if not self.rolls.get(u))
                yield f"{a.title}: fees can't be shared, the roll of {lacking} isn't known."
            else:
                why = "a school has no part" if _readable(a.split) else "the split can't be read"
                yield f"{a.title}: fees can't be shared, {why}."

    def by_school(
        self, activities: Iterable[Activity], year: int, rate: Decimal | None
    ) -> tuple[MoneyLine, ...]:
        """The money of a year by school, what isn't shared yet last. Lines add up to the account's
        sums, though an activity of several schools stands in several."""
        held: dict[int | None, list[tuple[Activity, Sum]]] = defaultdict(list)
        every = [
            a for a in activities if a.status is not Status.DECLINED and years.in_year(a, year)
        ]
        for a in every:
            whole = self.seen is None or self.seen.issuperset(self.of(a))
            for session, shares in self.shared(a, rate):
                if session and years.year_of(session.date) != year:
                    continue
                for urn, part in shares.items():
                    if whole if urn is None else self.sees((urn,)):
                        held[urn].append((a, part))
        order = (*self.present(every), *([NOT_SHARED] if NOT_SHARED in held else []))
        return tuple(
            money.line(self.call(urn), held[urn], Key.school(urn) if urn else NO_BODY)
            for urn in order
        )


def _readable(split: str) -> bool:
    try:
        return bool(typed_schools.typed_parts(split))
    except RefusedError:
        return False


class _Apportioned:
    """Amounts shared one after another by the same weights: each adds up to the penny, and what one
    rounds off the next makes good. Reckoned in whole numbers: pence by weight."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = list(weights.values())
        self._whole = sum(self._weights)
        self._owed = [0] * len(self._weights)

    def next(self, amount: Decimal) -> list[Decimal]:
        pence = int(amount / money.PENNY)
        if not pence:
            return [money.NOUGHT] * len(self._weights)
        whole = self._whole
        due = [pence * w + owed for w, owed in zip(self._weights, self._owed, strict=True)]
        given = [max(0, d // whole) if w else 0 for d, w in zip(due, self._weights, strict=True)]
        while (left := pence - sum(given)) != 0:
            step = 1 if left > 0 else -1
            among = [n for n, w in enumerate(self._weights) if w and (step > 0 or given[n])]
            n = max(among, key=lambda n: (step * (due[n] - given[n] * whole), -n))
            given[n] += step
        self._owed = [d - g * whole for d, g in zip(due, given, strict=True)]
        return [g * money.PENNY for g in given]
