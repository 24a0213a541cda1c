"""The plan of the year, and which schools it is of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from navigator.core import clock, wording
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.service.names import NamesPart
from navigator.service.sources import in_turn

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.domain.plan.schools import PlanSchools
    from navigator.view.plan_pages import PlanView
    from navigator.view.sections import Section


class PlanPart(NamesPart):
    """What the plan shows, and the schools and trusts that it may be looked at for."""

    @in_turn
    def plan(self, tab: int, view: PlanView, school: int | None) -> tuple[Section, ...]:
        """What a tab of the plan shows, beside gaps who near the head's own school might be asked.

        `school` is its URN, None where the head hasn't said; `view.landscape` is filled in here.
        """
        from navigator.view import plan_pages

        home = None
        if school is not None:
            with suppress(NotFoundError):
                home = self.landscape(school, view.today)
        rate, most_out = self.supply_rate(), self.most_out()
        schools = self.plan_schools(view.seen)
        view = view._replace(rate=rate, most_out=most_out, landscape=home, schools=schools)
        return plan_pages.sections(tab, self.record(), view)

    @in_turn
    def plan_schools(self, seen: Sequence[Key] = ()) -> PlanSchools:
        """Which schools the plan has, with their names and rolls, and which are looked at: schools
        and trusts by their keys, all for none.

        Raises:
            NotFoundError: there is no such school or trust; the text says so.
        """
        from navigator.domain.plan import schools as of_plan
        from navigator.records import settings

        named, home = of_plan.named_in(self.record()), settings.load().school
        if not (named or seen):
            return of_plan.ALONE
        if home is not None:
            with suppress(NotFoundError):  # one that closed stands as the one that followed it
                home = self.school(home, clock.today())[0].urn
        looked_at = [self._schools_of(key) for key in seen]
        urns = {urn for found, _ in looked_at for urn in found}
        known = [s for urn in {*named, *urns, home or 0} if (s := self.register.get(urn))]
        return of_plan.PlanSchools(
            home,
            {school.urn: school.name for school in known},
            {school.urn: school.pupils for school in known},
            several=True,
            seen=frozenset(urns) if seen else None,
            name=", ".join(name for _, name in looked_at),
        ).knowing(self.record().activities)

    def _schools_of(self, key: Key) -> tuple[tuple[int, ...], str]:
        """(URNs, name) of a school, or of a trust with its open schools. Raises NotFoundError."""
        if key.urn is None:
            trust = self.questions.bodies.trust_called(key.name)
            return tuple(s.urn for s in self.register.census.members(key.name)), trust.name
        school, _ = self.school(key.urn, clock.today())
        return (school.urn,), school.name

    @in_turn
    def urns_meant(self, text: str, day: date) -> str:
        """The URNs of the schools of a text, as a text: of URNs, names and trusts, with ; or line
        ends between them.

        Raises:
            NavigatorError: one of them is none, or several; the text says so.
        """
        from navigator.core import typed_schools

        keys = [self.plan_body(piece, day) for piece in typed_schools.pieces(text)]
        urns = dict.fromkeys(urn for key in keys for urn in self._schools_of(key)[0])
        return "; ".join(map(str, urns))

    @in_turn
    def plan_body(self, text: str, day: date, kinds: Collection[str] = ("school", "trust")) -> Key:
        """The key of the school or trust that a text means. Raises NavigatorError."""
        first = next(iter(text.split()), "")
        numbers = [Key.of(kind, first) for kind in kinds] if first.isdigit() else []
        for key in (Key(first), *numbers):
            if key.kind in kinds and (key.urn is not None or key.kind == "trust"):
                self._schools_of(key)
                return key
        if tuple(kinds) == ("school",):
            return self.school_meant(text).key
        return self.meant(text, day, kinds).key

    @in_turn
    def plan_choices(self) -> list[tuple[Key, str, str]]:
        """What the plan may be looked at for: the key, the name and how much it is of each trust
        and school in it; none where it names no school."""
        schools, record = self.plan_schools(), self.record()
        if not schools.several:
            return []
        known = [s for u in schools.present(record.activities) if (s := self.register.get(u))]
        found: list[tuple[Key, str, str]] = []
        for uid in dict.fromkeys(school.trust_uid for school in known if school.trust_uid):
            key = Key.of("trust", uid)
            with suppress(NotFoundError):
                urns, name = self._schools_of(key)
                here = sum(school.trust_uid == uid for school in known)
                found.append((key, name, f"trust: {here} of its {len(urns)} schools are here"))
        for school in known:
            number = sum(school.urn in schools.of(a) for a in record.activities)
            said = wording.count(number, "activity", "activities")
            found.append((school.key, school.name, said))
        return found

    @staticmethod
    def most_out() -> int | None:
        """How many may be out of class at once, by the head's settings."""
        from navigator.records import settings

        return settings.load().out_at_once

    @staticmethod
    def supply_rate() -> Decimal | None:
        """What a day of cover costs, by the head's settings."""
        from decimal import Decimal

        from navigator.records import settings

        rate = settings.load().supply_rate
        return None if rate is None else Decimal(str(rate))
