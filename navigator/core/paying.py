"""Which budget pays for something: one, or several that share it, as a head writes it.

maths                        all of it
maths 60%; pupil premium 40%
maths £300; pupil premium    £300, and the rest
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from navigator.core.errors import RefusedError

_PART = re.compile(
    r"(?P<name>.*?\S)(?:[ :]+(?:(?P<percent>\d{1,3}(?:\.\d+)?) ?%"
    r"|£ ?(?P<pounds>\d{1,3}(?:,\d{3})+(?:\.\d\d?)?|\d+(?:\.\d\d?)?)))?",
    re.ASCII,
)
EXAMPLE = "write it as maths, maths 60%; trust 40%, or maths £300; trust"


class BudgetShare(NamedTuple):
    """What a budget pays: a `percent` of it, so many `pounds`; the rest where neither is given."""

    name: str
    percent: Decimal | None = None
    pounds: Decimal | None = None


@lru_cache(1024)  # a plan has few budgets and many activities
def shares(text: str) -> tuple[BudgetShare, ...]:
    """The shares that a text tells of; none for an empty one. Raises RefusedError."""
    found = [_share(part.strip()) for part in text.split(";") if part.strip()]
    names = [share.name.casefold() for share in found]
    percents = [share.percent for share in found if share.percent is not None]
    rests = [share for share in found if share.percent is None and share.pounds is None]
    wrong = ""
    if len(set(names)) < len(names):
        wrong = "names a budget twice"
    elif len(rests) > 1:
        wrong = "doesn't say how much each budget pays"
    elif percents and any(share.pounds is not None for share in found):
        wrong = "has percent and pounds: give one of them"
    elif sum(percents) > 100:
        wrong = "makes more than 100%"
    elif rests and sum(percents) == 100:
        wrong = f"leaves nothing for {rests[0].name}"
    if wrong:
        raise RefusedError(f"“{text.strip()[:60]}” {wrong}; {EXAMPLE}.")
    return tuple(found)


def budget_name(text: str) -> str:
    """A budget's name, as a text of shares could say it. Raises RefusedError."""
    try:
        if shares(text) == (BudgetShare(text),):
            return text
    except RefusedError:
        pass
    raise RefusedError(
        f"“{text[:60]}” can't be a budget's name: give it without ; % and £, and no : at its end.",
        field="name",
    )


def _share(part: str) -> BudgetShare:
    match = _PART.fullmatch(part)
    if match is None or "%" in match["name"] or "£" in match["name"]:
        raise RefusedError(f"“{part[:60]}” names no budget with its share; {EXAMPLE}.")
    percent, pounds = match["percent"], match["pounds"]
    return BudgetShare(
        match["name"].rstrip(" :"),
        Decimal(percent) if percent else None,
        Decimal(pounds.replace(",", "")) if pounds else None,
    )
