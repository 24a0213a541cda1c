"""Figures about places and overlaps for other programs: JSON, CSV, and pages as plain lines.

The JSON is a contract (docs/json.md): keys only get added. Distances in JSON are miles where their
key says so, else kilometres.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from navigator.core import wording
from navigator.core.governance import FIGURES
from navigator.core.grid import KM_A_MILE
from navigator.core.model import Landscape, Network, Partnership
from navigator.core.wording import cell
from navigator.domain.overlaps import Overlap, SharedBody
from navigator.domain.profiles import Criterion, HubsInPlace, PhaseProfile, Profile
from navigator.export.contract import Json, one_line
from navigator.view import figures
from navigator.view.sections import Entry, Page, Section

FIGURE_COLUMNS = (
    *("place", "kind", "code", "figure", "group", "label", "value", "unit", "share"),
    *("definition", "as_at", "register"),
)
"""Of the table of figures: docs/exports.md says what each holds."""


def profile_json(profile: Profile) -> str:
    """A profile as one line of JSON."""
    return one_line(_profile(profile))


def _profile(profile: Profile) -> Json:
    place = profile.locality
    return {
        "schema": 1,
        "as_at": profile.day.isoformat(),
        "register": {"date": profile.register_day.isoformat(), "sample": profile.sample},
        "place": {"kind": place.kind, "code": place.code, "name": place.name, "miles": place.miles},
        "schools": profile.schools,
        "elsewhere": profile.away,
        "phases": {phase: _phase(of) for phase, of in profile.phases.items()},
        "opened_by_year": {str(year): number for year, number in profile.opened_by_year},
        "opened_unknown": profile.opened_unknown,
        "trusts": [
            {
                "uid": t.uid,
                "name": t.name,
                "kind": t.kind,
                "size": t.size,
                "here": t.here,
                "share": round(t.share, 3),
                "reach": t.reach,
            }
            for t in profile.trusts
        ],
        "hubs": {there.programme.id: _hubs(there) for there in profile.hubs},
        "networks": [_body(n, n.kind, "kind") for n in profile.networks],
        "partnerships": [_body(p, p.tier, "tier") for p in profile.partnerships],
        "neighbours": [
            {"code": n.code, "name": n.name, "rank": n.rank, "closeness": n.closeness}
            for n in profile.neighbours
        ],
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


def _body(body: Network | Partnership, kind: str, key: str) -> Json:
    return {
        "id": body.id,
        "name": body.name,
        key: kind,
        "status": body.status,
        "status_as_of": body.status_as_of,
        "source": body.source,
        "confidence": body.confidence,
    }


def _criterion(test: Criterion) -> Json:
    return {
        "test": test.key,
        "asks": figures.TEST_WORDS[test.key],
        "figure": None if test.figure is None else round(test.figure, 4),
        "unit": "share" if test.unit == "percent" else test.unit,
        "at_least": test.at_least,
        "at_most": test.at_most,
        "above": test.above,
        "passed": test.passed,
    }


def figures_csv(profiles: Iterable[Profile]) -> bytes:
    """Every figure of some places, a row each, with its definition; UTF-8 with a mark, for Excel.

    `value` is a number without a unit's sign (distances in miles), `share` is from 0 to 1.
    """
    rows: list[Sequence[str]] = [FIGURE_COLUMNS]
    for profile in profiles:
        place = profile.locality
        for figure in figures.figures(profile):
            value, unit = figure.value, str(figure.unit)
            if unit == "km":
                value, unit = (None if value is None else value / KM_A_MILE), "miles"
            rows.append(
                (
                    place.name,
                    place.kind,
                    place.code,
                    figure.key,
                    figure.group,
                    figure.label,
                    _number(value),
                    "share" if unit == "percent" else unit,
                    _number(figure.share),
                    figure.definition,
                    profile.day.isoformat(),
                    profile.register_day.isoformat(),
                )
            )
    return _table(rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


SHARED_WORDS = {True: "same", False: "other", None: "not sure"}


def overlap_csv(overlap: Overlap) -> bytes:
    """The grid of an overlap: a row a school, a column a body of ours."""
    heads = [f"{body.kind}: {body.ref.name}" for body in overlap.bodies]
    rows = [("urn", "school", "phase", "la", "district", "km", "shared", *heads)]
    rows += [
        (
            str(row.school.urn),
            row.school.name,
            row.school.phase,
            row.school.la_name,
            row.school.district_name,
            "" if row.km is None else f"{row.km:.3f}",
            str(row.shared),
            *(SHARED_WORDS[share] for share in row.shares),
        )
        for row in overlap.rows
    ]
    return _table(rows)


def overlap_json(overlap: Overlap) -> str:
    """An overlap as one line of JSON."""
    return one_line(
        {
            "schema": 1,
            "urn": overlap.home.urn,
            "school": overlap.home.name,
            "scope": overlap.where,
            "schools": overlap.schools,
            "bodies": [
                {
                    "kind": body.kind,
                    "key": body.ref.key,
                    "name": body.ref.name,
                    "same": yes,
                    "not_sure": unsure,
                }
                for body, (yes, unsure) in zip(overlap.bodies, overlap.counts, strict=True)
            ],
            "rows": [
                {
                    "urn": row.school.urn,
                    "name": row.school.name,
                    "phase": row.school.phase,
                    "distance_km": None if row.km is None else round(row.km, 3),
                    "shares": [
                        body.ref.key or body.ref.name
                        for body, share in zip(overlap.bodies, row.shares, strict=True)
                        if share
                    ],
                    "not_sure": [
                        body.ref.key or body.ref.name
                        for body, share in zip(overlap.bodies, row.shares, strict=True)
                        if share is None
                    ],
                }
                for row in overlap.rows
            ],
        }
    )


def pair_json(one: Landscape, other: Landscape, rows: Iterable[SharedBody]) -> str:
    """Two schools' bodies as one line of JSON: `same` is null where it isn't sure."""
    return one_line(
        {
            "schema": 1,
            "urns": [one.school.urn, other.school.urn],
            "schools": [one.school.name, other.school.name],
            "bodies": [
                {"kind": row.kind, "one": row.one.name, "other": row.other.name, "same": row.same}
                for row in rows
            ],
        }
    )


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([cell(wording.plain(text)) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def page_text(page: Page) -> str:
    """A page as plain lines: no boxes, no bars, every line says what it is."""
    return "\n".join(_lines(page))


def _lines(page: Page) -> Iterator[str]:
    yield f"{wording.plain(page.title)} ({page.kind.lower()})"
    for section in page.sections:
        yield ""
        yield f"{section.title}:"
        if section.lead:
            yield f"  {section.lead}"
        if not section.entries:
            yield f"  {section.empty}"
        label = ""
        for entry in section.entries:
            label = entry.label or label
            yield "  " + _line(entry, section, label)
        if section.after:
            yield f"  {section.after}"


def _line(entry: Entry, section: Section, label: str) -> str:
    told = [f"{label}: " if label else "", wording.plain(entry.text)]
    if entry.cells:
        cells = zip(section.legend, entry.cells, strict=True)
        told.append(". " + ", ".join(f"{head} {' '.join(text.split())}" for head, text in cells))
    elif entry.right:
        right = " ".join(entry.right.split())
        told.append(f": {right}" if entry.text else right)
    if entry.detail:
        told.append(f". {wording.plain(entry.detail)}")
    return "".join(told)
