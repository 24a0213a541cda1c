"""Plans of chance, the same for the same number: everything an activity can hold, and odd texts."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar, overload

from navigator.core.activity import YEAR_GROUPS, Activity, Kind, Status
from navigator.core.keys import NO_BODY, Key
from navigator.core.session import Attendee, Session
from navigator.domain.plan import coverage, programmes

Value = TypeVar("Value")

TEXTS = (
    *("Number sense", "=1+1", "'=x", "@home", "-", "+44", '"quoted", and more', "a;b", "a;", ";"),
    *("Maths, again", "£5 – “why”", "Ωmega", "Total immersion", "2026-10-08", "13.30", "yes"),
)
PROSE = (
    "One line",
    "Two\nlines, with ; and ,",
    "=first\n\n  indented\n=last",
    '"q"\n\ttab',
    "é\n'=x",
)
ROLES = ("Maths lead", "Year 2 teacher", "Deputy head, inclusion", "Reception")
URNS = (139217, 122771, 100000)
NAMES = ("", "", "", "A Name", "Other, Ann")


def plan(number: int) -> list[Activity]:
    """A plan of up to six activities."""
    return list(_Plan(random.Random(number)).activities())


class _Plan:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def activities(self) -> list[Activity]:
        return [self._activity(n) for n in range(self._chance.randint(1, 6))]

    @overload
    def _maybe(self, value: Value) -> Value | None: ...

    @overload
    def _maybe(self, value: Value, none: Value) -> Value: ...

    def _maybe(self, value: Value, none: Value | None = None) -> Value | None:
        return value if self._chance.random() < 0.6 else none

    def _day(self) -> date:
        return date(2025, 9, 1) + timedelta(days=self._chance.randrange(1000))

    def _amount(self) -> Decimal:
        return Decimal(self._chance.randrange(500_000)).scaleb(-2).quantize(Decimal("0.01"))

    def _text(self) -> str:
        return self._chance.choice(TEXTS)

    def _some(self, among: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._chance.sample(among, self._chance.randint(0, min(3, len(among)))))

    def _people(self) -> tuple[Attendee, ...]:
        roles = self._some(ROLES)
        places = (None, None, *URNS)
        return tuple(
            Attendee(role, self._chance.choice(NAMES), self._chance.choice(places))
            for role in roles
        )

    def _sessions(self) -> tuple[Session, ...]:
        found = [
            Session(
                f"s-{n}{self._chance.randrange(10**5):05}",
                self._day(),
                self._maybe(time(self._chance.randrange(24), self._chance.choice((0, 15, 30)))),
                self._maybe(self._chance.randint(1, 600)),
                self._chance.choice((True, False, None)),
                self._maybe(self._text(), ""),
                self._people() if self._chance.random() < 0.3 else (),
            )
            for n in range(self._chance.randint(0, 5))
        ]
        return tuple(sorted(found, key=lambda session: session.order))

    def _activity(self, number: int) -> Activity:
        opens, midyear = self._maybe(self._day()), self._maybe(self._day())
        name = self._maybe(self._text(), "")
        return Activity(
            f"a-{self._chance.randrange(10**6):06}",
            f"{self._text()} {number}",
            self._maybe(Key("hub:maths-hub/central"), NO_BODY),
            name,
            self._chance.choice((*Kind, "")),
            self._chance.choice((*programmes.templates(), "", "Our old one")),
            self._chance.choice(tuple(Status)),
            self._some(TEXTS),
            self._some(YEAR_GROUPS),
            self._people(),
            self._sessions(),
            self._maybe(self._amount()),
            self._maybe(self._amount()),
            self._maybe(self._amount()),
            self._maybe(self._amount()),
            self._maybe(self._chance.randint(1, 40)),
            self._maybe(self._text(), ""),
            opens,
            self._maybe((opens or self._day()) + timedelta(days=self._chance.randrange(60))),
            self._maybe(self._text(), ""),
            self._maybe(self._day()),
            self._maybe(self._chance.choice(PROSE), ""),
            self._chance.random() < 0.2,
            self._some(tuple(coverage.PARTS)),
            self._some(tuple(coverage.QUALITY)),
            self._some(tuple(coverage.MECHANISMS)),
            self._maybe(self._chance.choice(PROSE), ""),
            self._maybe(self._chance.choice(PROSE), ""),
            self._maybe(self._chance.choice(PROSE), ""),
            self._maybe(self._chance.choice(PROSE), ""),
            self._maybe(self._chance.randint(2020, 2030)),
            self._day(),
            self._maybe(self._text(), ""),
            self._maybe(self._text(), ""),
            self._maybe(self._text(), ""),
            midyear,
            self._maybe((midyear or self._day()) + timedelta(days=self._chance.randrange(200))),
            self._maybe(f"a-{number:06}", ""),
            self._chance.choice(("", "Maths", "Maths 60%; trust, own 40%", "Maths £1,200.50; PP")),
            self._maybe(self._amount()),
            self._maybe(self._day()),
            self._maybe(self._amount()),
            self._maybe(self._day()),
            **self._shared(),
        )

    def _shared(self) -> dict[str, Any]:
        """Whose an activity is, and how its fees are split."""
        schools = tuple(self._chance.sample(URNS, self._chance.choice((0, 0, 1, 2, 3))))
        parts = "; ".join(f"{urn} {self._chance.randint(1, 9)}" for urn in schools)
        split = self._chance.choice(("", "pupils", parts)) if schools else ""
        return {"schools": schools, "split": split}
