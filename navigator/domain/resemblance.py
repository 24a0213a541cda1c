"""Which of the kinds of locality that EQuaLLS found a place resembles, test by test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from navigator.core.grid import KM_A_MILE
from navigator.core.model import Network, phases_fit
from navigator.domain.profiles import (
    LOCAL,
    Criterion,
    HubsInPlace,
    PhaseProfile,
    Resemblance,
    TrustInPlace,
)

RECENT_YEARS = 3
"""Years before the register's day within which an opening is recent."""


def resembles(
    opened: Counter[int],
    profile: PhaseProfile,
    trusts: Iterable[TrustInPlace],
    hubs: Iterable[HubsInPlace],
    networks: Iterable[Network],
    *,
    register_day: date,
) -> tuple[Resemblance, ...]:
    """The three kinds that EQuaLLS found, by tests on the place's primaries.

    `opened` counts its academy primaries by the day on which they opened (20250717, 0: not known).
    """
    academies = profile.academy_share
    days = sorted(when for when in opened.elements() if when)
    day = register_day
    import statistics  # where used: it takes as long as many a page

    since = (day.year - RECENT_YEARS) * 10_000 + day.month * 100 + day.day
    recent = sum(when > since for when in days) / len(days) if days else None
    in_trusts = sum(t.primaries for t in trusts)
    local = sum(t.primaries for t in trusts if t.share >= LOCAL)
    heads = float(sum(n.status != "closed" and _for_primary(n) for n in networks))
    far = [
        h.median_km / KM_A_MILE
        for h in hubs
        if h.programme.id in ("maths-hub", "teaching-school-hub") and h.median_km is not None
    ]
    year = float(statistics.median(when // 10_000 for when in days)) if days else None
    ours = local / in_trusts if in_trusts else None
    larger, large = profile.share("mat_medium", "mat_large"), profile.share("mat_large")
    both = min(far) if len(far) == 2 else None
    first_mover = (
        Criterion("academies", "percent", academies, at_least=0.4, at_most=0.6),
        Criterion("early", "year", year, at_most=2015),
        Criterion("local-trusts", "percent", ours, at_least=0.5),
        Criterion("recent", "percent", recent, at_most=0.1),
    )
    recent_mover = (
        Criterion("larger-trusts", "percent", larger, above=0.4),
        Criterion("academies", "percent", academies, at_least=0.6, at_most=0.75),
        Criterion("recent", "percent", recent, at_least=0.2),
        Criterion("networks", "count", heads, at_most=1),
    )
    assimilator = (
        Criterion("networks", "count", heads, at_least=1),
        Criterion("large-trusts", "percent", large, at_most=0.15),
        Criterion("hubs-far", "miles", both, at_least=15),
    )
    return (
        Resemblance("first mover", first_mover),
        Resemblance("recent mover", recent_mover),
        Resemblance("assimilator", assimilator),
    )


def _for_primary(network: Network) -> bool:
    return bool(network.phases) and phases_fit(network.phases, "primary")
