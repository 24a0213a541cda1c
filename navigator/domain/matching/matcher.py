"""Which school a row of a list means, and how sure that is: nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from navigator.core import dates, wording
from navigator.core.model import School
from navigator.directory import Directory
from navigator.domain.matching.asked import LABELS, AskedFor
from navigator.domain.matching.likeness import (
    IN_ADDRESS,
    IN_NAME,
    FormerNames,
    NameLikeness,
    PlaceLikeness,
    Where,
    address_words,
    likeness_of_names,
    places,
    where_words,
)
from navigator.domain.naming import bare
from navigator.register import Register
from navigator.register.named import NamedSchool
from navigator.register.search_words import key

HowSure = Literal["exact", "likely", "one of these", "none"]

HOW_SURE: tuple[HowSure, ...] = get_args(HowSure)

MOST_LISTED = 5
"""Schools that are named where it may be one of several."""

MOST_LOOKED_AT = 12
"""Schools that the finder is asked for."""

_OF_NAME = {
    NameLikeness.SAME: 10,
    NameLikeness.ALIKE: 9,
    NameLikeness.CLOSE: 6,
    NameLikeness.PART: 4,
    NameLikeness.KIN: 2,
}
_OF_PLACE = {
    PlaceLikeness.POSTCODE: 6,
    PlaceLikeness.AGREES: 4,
    PlaceLikeness.MIXED: 1,
    PlaceLikeness.UNKNOWN: 0,
    PlaceLikeness.AGAINST: -4,
}
"""What name and place count together, to tell the best from the next."""

AHEAD = 3
"""By how much the best must be before the next."""

WORTH_NAMING = 6
"""What one must count that is named where it may be one of several; below it there is none."""


class Match(NamedTuple):
    """Which school a row means.

    Attributes:
        how_sure: one of `HOW_SURE`.
        school: under "exact" and "likely"; the open one that followed it, if it has closed.
        why: what agrees and what doesn't, for whoever looks it over.
        candidates: under "one of these", the likeliest first, at most `MOST_LISTED`.
    """

    how_sure: HowSure
    school: School | None
    why: str
    candidates: tuple[School, ...] = ()


class _Fit(NamedTuple):
    """A school that a row may mean; `now` is the school that it is today, if there is one."""

    school: NamedSchool
    now: tuple[int, ...]
    name: NameLikeness
    where: Where

    @property
    def score(self) -> int:
        return _OF_NAME.get(self.name, 0) + _OF_PLACE[self.where.likeness]

    @property
    def order(self) -> tuple[int, int, bool, int]:
        own = self.where.agreeing
        return -self.score, -len(own), not self.school.is_open, self.school.urn


class Matcher:
    """Matches rows with the schools of a register."""

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register, self._directory = register, directory
        self._schools = register.named()
        self._now: dict[int, tuple[int, ...]] = {}

    def match(self, asked: AskedFor) -> Match:
        """Which school a row means."""
        if asked.says_nothing:
            return Match("none", None, "the row has no name and no number")
        numbered, unknown = self._by_numbers(asked)
        if numbered:
            return self._numbered(asked, numbered, unknown)
        note = f"; {unknown}" if unknown else ""
        if not asked.name:
            return Match("none", None, unknown or "the row has no name")
        found = self._judged(asked, self._fits(asked, self._same(asked)), note)
        if found.how_sure != "exact":
            found = self._judged(asked, self._all_fits(asked), note)
        if found.how_sure != "exact" and not self._knows_authority(asked.authority):
            found = found._replace(
                why=f"{found.why}; “{asked.authority}” is no council known to us"
            )
        return found

    def _knows_authority(self, said: str) -> bool:
        area = bare(said)
        return not area or area.isdigit() or area in self._areas or area in self._former

    # --- numbers ---

    def _by_numbers(self, asked: AskedFor) -> tuple[dict[str, list[int]], str]:
        """(URNs that each number of a row has, what is said of a number that none has)."""
        found: dict[str, list[int]] = {}
        unknown = list(asked.unread)
        schools = self._schools
        # A URN of old may stand in the links alone
        known = asked.urn in schools.by_urn or not asked.urn
        by_urn = [asked.urn] if known else [s.urn for s in self._register.successor(asked.urn)]
        for kind, number, urns in (
            ("urn", asked.urn, by_urn),
            ("laestab", asked.laestab, list(schools.by_laestab.get(asked.laestab, ()))),
            ("ukprn", asked.ukprn, list(schools.by_ukprn.get(asked.ukprn, ()))),
        ):
            if number and urns:
                found[kind] = urns
            elif number:
                unknown.append(f"{LABELS[kind]} {number} is on no school of this register")
        return found, "; ".join(unknown)

    def _numbered(self, asked: AskedFor, numbered: dict[str, list[int]], unknown: str) -> Match:
        """A row with a number: it must lead to one school, and the name mustn't be another's."""
        nows = [{now for urn in urns for now in self.today(urn)} for urns in numbered.values()]
        common = set.intersection(*nows)
        said = " and ".join(f"{LABELS[kind]} {getattr(asked, kind)}" for kind in numbered)
        every = [urn for urns in numbered.values() for urn in urns]
        fits = self._fits(asked, every)
        agreeing = [fit for fit in fits if self._agrees(asked, fit)]
        if len(common) == 1 and agreeing:
            urn = common.pop()
            meant = asked.urn if "urn" in numbered else agreeing[0].school.urn
            agrees = f"{said}, and the name agrees" if asked.name else said
            why = self._told(agrees, meant, urn)
            sure: HowSure = "likely" if unknown else "exact"
            return Match(sure, self._register.get(urn), "; ".join(filter(None, (why, unknown))))
        if not common:
            why = f"its numbers are of different schools: {said}"
        elif not agreeing:
            first = fits[0].school.name
            why = f"{said} is of {first}, not of the name given"
            fits = [*fits, *self._judgeable(asked)]
        else:
            why = f"{said}: several schools have it today"
        return self._one_of([*every, *(fit.school.urn for fit in fits)], why)

    def _agrees(self, asked: AskedFor, fit: _Fit) -> bool:
        """Whether the school of a number may have the name of a row."""
        if not asked.name:
            return True
        if fit.name >= NameLikeness.PART:
            return True
        return fit.name == NameLikeness.OTHER and fit.where.likeness is PlaceLikeness.POSTCODE

    def _judgeable(self, asked: AskedFor) -> list[_Fit]:
        return [fit for fit in self._all_fits(asked) if fit.score >= WORTH_NAMING]

    # --- names ---

    def _same(self, asked: AskedFor) -> list[int]:
        """URNs of the very name, and of the postcode."""
        schools = self._schools
        name = key(asked.name).removeprefix("the ")
        return [*schools.by_key.get(name, ()), *schools.by_postcode.get(asked.postcode, ())]

    def _all_fits(self, asked: AskedFor) -> list[_Fit]:
        """With what the finder finds for the row, and for its name alone if that is nothing near.

        The first that has all words of the name has them in its address where not in its name.
        """
        place = asked.postcode or asked.town or asked.authority
        found = self._register.search(f"{asked.name} {place}", MOST_LOOKED_AT)
        urns = [school.urn for school in found]
        if place and (found.nearest or not found):
            found = self._register.search(asked.name, MOST_LOOKED_AT)
            urns += [school.urn for school in found]
        addressed = found[0].urn if found and not found.nearest else 0
        return self._fits(asked, [*self._same(asked), *urns], addressed)

    def _fits(self, asked: AskedFor, urns: Iterable[int], addressed: int = 0) -> list[_Fit]:
        """How schools fit a row, the best first; of one school and those before it the best."""
        best: dict[tuple[int, ...], _Fit] = {}
        for urn in dict.fromkeys(urns):
            school = self._schools.by_urn.get(urn)
            if school is None:
                continue
            fit = self._fit(asked, school, addressed=urn == addressed)
            if fit.now not in best or fit.order < best[fit.now].order:
                best[fit.now] = fit
        fits = list(best.values())
        if any(fit.name is NameLikeness.SAME for fit in fits):
            # The Kent of "Skinners' Kent Academy" is that school's own, not where The Skinners' is
            nowhere = Where(PlaceLikeness.UNKNOWN)
            fits = [
                f._replace(where=nowhere) if f.where.agreeing == (IN_NAME,) else f for f in fits
            ]
        return sorted(fits, key=lambda fit: fit.order)

    def _fit(self, asked: AskedFor, school: NamedSchool, *, addressed: bool) -> _Fit:
        """How a school fits a row; of one that is `addressed` the finder knows all its words."""
        known = self._schools.words.__contains__
        where = places(asked, school, self._former, self._areas.__contains__)
        here = where_words(asked, school)
        like = likeness_of_names(asked.name, school, here, known)
        if addressed and like < NameLikeness.CLOSE and (more := address_words(asked, school)):
            like = max(like, likeness_of_names(asked.name, school, here | more, known))
            if like >= NameLikeness.CLOSE and where.likeness is PlaceLikeness.UNKNOWN:
                where = Where(PlaceLikeness.AGREES, (IN_ADDRESS,))
        return _Fit(school, self.today(school.urn), like, where)

    def _judged(self, asked: AskedFor, fits: Sequence[_Fit], note: str) -> Match:
        fits = [fit for fit in fits if fit.score >= WORTH_NAMING]
        if not fits:
            return Match("none", None, f"no school is named so{_there(asked)}{note}")
        best, *others = fits
        ahead = not others or best.score - others[0].score >= AHEAD
        alone = not any(_rivals(best, other) for other in others)
        if ahead and alone and (sure := self._sure(asked, best, others)):
            if note and sure == "exact":
                sure = "likely"
            if len(best.now) == 1:
                why = self._told(_agreement(asked, best), best.school.urn, best.now[0])
                return Match(sure, self._register.get(best.now[0]), why + note)
            why = f"{best.school.name} became several schools"
            return self._one_of(best.now, why + note)
        if not ahead or not alone:
            same = [fit for fit in fits if best.score - fit.score < AHEAD or _rivals(best, fit)]
            why = f"{wording.count(len(same), 'school')} fit alike; {_would_tell(asked)}"
            fits = same
        else:
            why = _agreement(asked, best)
        return self._one_of([fit.school.urn for fit in fits], why + note)

    def _sure(self, asked: AskedFor, best: _Fit, others: Sequence[_Fit]) -> HowSure | None:
        """How sure the best is that nothing rivals; None where it isn't."""
        name, place = best.name, best.where.likeness
        if name is NameLikeness.SAME and not best.where.against:
            alike = [f for f in others if f.name >= NameLikeness.CLOSE and f.where.agreeing]
            if place is PlaceLikeness.POSTCODE or (place is PlaceLikeness.AGREES and not alike):
                return "exact"
            told = asked.town or asked.postcode or asked.authority
            if place is PlaceLikeness.UNKNOWN and (not told or self._lies_there(asked, best)):
                return "likely"
        least = {
            NameLikeness.SAME: PlaceLikeness.MIXED,
            NameLikeness.ALIKE: PlaceLikeness.MIXED,
            NameLikeness.CLOSE: PlaceLikeness.AGREES,
            NameLikeness.PART: PlaceLikeness.POSTCODE,
        }
        return "likely" if name in least and place >= least[name] else None

    def _lies_there(self, asked: AskedFor, fit: _Fit) -> bool:
        """Whether the finder knows a town as the school's: from lines of its address."""
        found = self._register.search(f"{asked.name} {asked.town}", 2)
        return bool(found) and not found.nearest and found[0].urn == fit.school.urn

    # --- what a school is today ---

    def today(self, urn: int) -> tuple[int, ...]:
        """The open schools that a school is today; itself where none followed it."""
        if urn not in self._now:
            school = self._schools.by_urn.get(urn)
            if school and school.is_open:
                self._now[urn] = (urn,)
            else:
                followed = sorted(s.urn for s in self._register.successor(urn))
                self._now[urn] = tuple(followed) or (urn,)
        return self._now[urn]

    def _told(self, why: str, urn: int, now: int) -> str:
        """Why, and what a head must know of a school that has closed."""
        if urn == now:
            school = self._register.get(urn)
            if school and not school.is_open:
                return f"{why}; {wording.status(school)}, and no school is told to have followed it"
            return why
        before = self._register.get(urn)
        if before is None:
            return f"{why}; URN {urn} is no more: this school followed it"
        closed = f" on {dates.shown(before.closed)}" if before.closed else ""
        return f"{why}; {before.name} (URN {urn}) closed{closed}: this school followed it"

    def _one_of(self, urns: Iterable[int], why: str) -> Match:
        now = dict.fromkeys(later for urn in urns for later in self.today(urn))
        schools = [school for urn in now if (school := self._register.get(urn))]
        more = len(schools) - MOST_LISTED
        why += f"; {more} more" if more > 0 else ""
        return Match("one of these", None, why, tuple(schools[:MOST_LISTED]))

    @cached_property
    def _former(self) -> FormerNames:
        return {
            bare(text): frozenset(map(bare, area.became))
            for area in self._directory.former()
            for text in filter(None, (area.name, area.code))
        }

    @cached_property
    def _areas(self) -> frozenset[str]:
        """Bare names and codes of all authorities and districts."""
        authorities = self._directory.authorities()
        codes = (authority.code for authority in authorities)
        names = (bare(authority.name) for authority in authorities)
        districts = (bare(district.name) for district in self._directory.districts())
        return frozenset((*codes, *names, *districts))


def _rivals(best: _Fit, other: _Fit) -> bool:
    """Whether another may as well be meant: as like in name, and not against it in place."""
    if best.where.likeness is PlaceLikeness.POSTCODE:
        place = other.where.likeness is PlaceLikeness.POSTCODE
    elif best.where.likeness >= PlaceLikeness.AGREES:
        place = other.where.likeness >= PlaceLikeness.AGREES
    else:
        place = other.where.likeness >= PlaceLikeness.UNKNOWN
    return place and other.name >= min(best.name, NameLikeness.ALIKE)


_NAME_SAID = {
    NameLikeness.SAME: "the same name",
    NameLikeness.ALIKE: "the same name, written otherwise",
    NameLikeness.CLOSE: "nearly the same name",
    NameLikeness.PART: "a part of the name",
    NameLikeness.KIN: "the name of another kind of school",
}


def _agreement(asked: AskedFor, fit: _Fit) -> str:
    """What agrees and what doesn't: "the same name; town agrees; not the postcode (NG2 4QB)"."""
    name, where = fit.name, fit.where
    said = [_NAME_SAID.get(name, "another name")]
    if where.agreeing:
        agree = "agree" if len(where.agreeing) > 1 else "agrees"
        said.append(f"{' and '.join(where.agreeing)} {agree}")
    own = {
        "postcode": fit.school.postcode,
        "authority": fit.school.la_name,
    }
    other = [f"{kind} ({own[kind]})" for kind in where.against]
    if asked.town and "town" not in where.agreeing:
        other.append(f"town ({fit.school.town})" if fit.school.town else "town")
    if other:
        said.append(f"not the {' and '.join(other)}")
    return "; ".join(said)


def _there(asked: AskedFor) -> str:
    place = asked.town or asked.postcode or asked.authority
    return f", or nearly so, in {place}" if place else ", or nearly so"


def _would_tell(asked: AskedFor) -> str:
    if not asked.postcode:
        return "a postcode or number would tell"
    return "a number would tell"
