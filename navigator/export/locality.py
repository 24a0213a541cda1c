"""Figures about places, overlaps and pairs of schools for others: JSON, CSV and plain lines.

The JSON is a contract (docs/json.md): keys only get added. Distances in JSON are miles where their
key says so, else kilometres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from navigator.core.governance import FIGURES
from navigator.core.grid import KM_A_MILE
from navigator.core.landscape import Landscape
from navigator.core.model import Network, Partnership, RegisterInfo
from navigator.core.wording import SHARE_WORDS
from navigator.domain.overlaps import Overlap, OverlapRow, SharedBody
from navigator.domain.profiles import Criterion, HubsInPlace, PhaseProfile, Profile
from navigator.export.contract import SCHEMA, Json, km, line, picked, register_dict
from navigator.export.tables import csv_bytes
from navigator.view import figures
from navigator.view.documents import Document, Documents
from navigator.view.sections import Column, Page

FIGURE_COLUMNS = (
    *("place", "kind", "code", "figure", "group", "label", "value", "unit", "share"),
    *("definition", "as_at", "register"),
)
"""Of the table of figures: docs/exports.md says what each holds."""


FindPage = Callable[[], Page]
"""The page that shows what is exported: made where lines are asked for."""


def page_documents(page: Page) -> Documents:
    """A page as it is printed."""
    title = f"{page.title} ({page.kind.lower()})"
    return Documents([Document(title, (Column("", page.sections),))])


# --- places ---


class FiguresExport(NamedTuple):
    """The figures of some places."""

    profiles: Sequence[Profile]
    register: RegisterInfo
    page: FindPage
    held: str = ""
    private: bool = False

    def documents(self) -> Documents:
        return page_documents(self.page())

    def data(self, form: str) -> bytes:
        """Every figure a row with its definition, or a profile a line of JSON."""
        if form == "csv":
            return csv_bytes([FIGURE_COLUMNS, *(row for p in self.profiles for row in _figures(p))])
        return b"".join(line(_profile(profile, self.register)) for profile in self.profiles)


def _figures(profile: Profile) -> Iterator[Sequence[str]]:
    """`value` is a number without a unit's sign (distances in miles), `share` is from 0 to 1."""
    place = profile.locality
    for figure in figures.figures(profile):
        value, unit = figure.value, str(figure.unit)
        if unit == "km":
            value, unit = (None if value is None else value / KM_A_MILE), "miles"
        yield (
            *(place.name, place.kind, place.code, figure.key, figure.group, figure.label),
            *(_number(value), "share" if unit == "percent" else unit, _number(figure.share)),
            *(figure.definition, profile.day.isoformat(), profile.register_day.isoformat()),
        )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _profile(profile: Profile, register: RegisterInfo) -> Json:
    return {
        "schema": SCHEMA,
        "as_at": profile.day.isoformat(),
        "register": register_dict(register),
        "place": picked(profile.locality, "kind", "code", "name", "miles"),
        "schools": profile.schools,
        "elsewhere": profile.away,
        "phases": {phase: _phase(of) for phase, of in profile.phases.items()},
        "all_through": profile.all_through,
        "opened_by_year": {str(year): number for year, number in profile.opened_by_year},
        "opened_unknown": profile.opened_unknown,
        "trusts": [
            {
                **picked(t, "uid", "name", "kind", "size", "here"),
                "share": round(t.share, 3),
                "reach": t.reach,
            }
            for t in profile.trusts
        ],
        "hubs": {there.programme.id: _hubs(there) for there in profile.hubs},
        "networks": [_body(n, "kind") for n in profile.networks],
        "partnerships": [_body(p, "tier") for p in profile.partnerships],
        "neighbours": [picked(n, "code", "name", "rank", "closeness") for n in profile.neighbours],
        "resembles": [
            {
                "kind": r.kind,
                "resembles": r.resembles,
                "tests": [_criterion(test) for test in r.tests],
            }
            for r in profile.resembles
        ],
    }


def _phase(of: PhaseProfile) -> Json:
    spread = of.effective_trusts
    return {
        "schools": of.schools,
        "academies": of.academies,
        "governance": {kind: of.governance[kind] for kind in FIGURES},
        "mats_of_one": of.lone_mats,
        "trusts": of.trusts,
        "effective_trusts": None if spread is None else round(spread, 2),
        "churches": dict(of.churches) if of.churches is not None else None,
    }


def _hubs(there: HubsInPlace) -> Json:
    far = there.median_km
    return {
        "name": there.programme.name,
        "rule": there.programme.rule,
        "distinct_hubs": len(there.hubs),
        "median_miles": None if far is None else round(far / KM_A_MILE, 2),
        "schools": there.served,
        "one_of": there.one_of,
        "none": there.none,
        "hubs": [{"id": h.id, "hub": h.name, "schools": number} for h, number in there.hubs],
        "perhaps": [{"id": h.id, "hub": h.name} for h in there.maybe],
    }


def _body(body: Network | Partnership, kind: str) -> Json:
    return picked(body, "id", "name", kind, "status", "status_as_of", "source", "confidence")


def _criterion(test: Criterion) -> Json:
    return {
        "test": test.key,
        "asks": figures.TEST_WORDS[test.key],
        "figure": None if test.figure is None else round(test.figure, 4),
        "unit": "share" if test.unit == "percent" else test.unit,
        **picked(test, "at_least", "at_most", "above", "passed"),
    }


# --- what a school shares ---


class OverlapExport(NamedTuple):
    """What a school shares with those around it."""

    overlap: Overlap
    register: RegisterInfo
    page: FindPage
    held: str = ""
    private: bool = False

    def documents(self) -> Documents:
        return page_documents(self.page())

    def data(self, form: str) -> bytes:
        """The grid, a row a school and a column a body of ours, or one line of JSON."""
        o = self.overlap
        if form == "csv":
            heads = ("urn", "school", "phase", "la", "district", "km", "shared")
            bodies = (f"{body.kind}: {body.ref.name}" for body in o.bodies)
            return csv_bytes([(*heads, *bodies), *map(_overlap_row, o.rows)])
        return line(
            {
                "schema": SCHEMA,
                "register": register_dict(self.register),
                "urn": o.home.urn,
                "school": o.home.name,
                "scope": o.where,
                "schools": o.schools,
                "bodies": [
                    {
                        "kind": body.kind,
                        "key": body.ref.key,
                        "name": body.ref.name,
                        "same": yes,
                        "not_sure": unsure,
                    }
                    for body, (yes, unsure) in zip(o.bodies, o.counts, strict=True)
                ],
                "rows": [
                    {
                        "urn": row.school.urn,
                        "name": row.school.name,
                        "phase": row.school.phase,
                        "distance_km": km(row.km),
                        "shares": _bodies_that(row, o, True),
                        "not_sure": _bodies_that(row, o, None),
                    }
                    for row in o.rows
                ],
            }
        )


def _overlap_row(row: OverlapRow) -> Sequence[str]:
    school = row.school
    return (
        *(str(school.urn), school.name, school.phase, school.la_name, school.district_name),
        *("" if row.km is None else f"{row.km:.3f}", str(row.shared)),
        *(SHARE_WORDS[share] for share in row.shares),
    )


def _bodies_that(row: OverlapRow, overlap: Overlap, share: bool | None) -> list[str]:
    """The bodies, by key or else name, of which a school's share is such."""
    pairs = zip(overlap.bodies, row.shares, strict=True)
    return [body.ref.key or body.ref.name for body, found in pairs if found is share]


class PairExport(NamedTuple):
    """Two schools beside each other."""

    one: Landscape
    other: Landscape
    rows: Iterable[SharedBody]
    page: FindPage
    held: str = ""
    private: bool = False

    def documents(self) -> Documents:
        return page_documents(self.page())

    def data(self, form: str) -> bytes:
        """One line of JSON: `same` is null where it isn't sure."""
        del form
        schools = (self.one.school, self.other.school)
        return line(
            {
                "schema": SCHEMA,
                "register": register_dict(self.one.register),
                "urns": [school.urn for school in schools],
                "schools": [school.name for school in schools],
                "bodies": [
                    {"kind": r.kind, "one": r.one.name, "other": r.other.name, "same": r.same}
                    for r in self.rows
                ],
            }
        )
