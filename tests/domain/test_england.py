"""Over all of England: what must hold for every school, district and trust.

Needs DfE's file (see tests/conftest.py); skipped with a reason where it is absent.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core.landscape import Claim, Landscape
from navigator.core.model import Network, Partnership
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.export.contract import landscape_json
from navigator.export.england import EnglandRows
from navigator.export.england_forms import LINES, VALUES
from navigator.export.landscapes import landscape_markdown, landscape_text
from navigator.export.lines import LandscapeLines
from navigator.export.text import school_text
from navigator.register import Register
from navigator.service import Service
from tests.conftest import THOROUGH
from tests.export.england_alone import made_line, row

DAY = date(2026, 11, 22)
SPLIT = {"Birmingham", "Cornwall", "East Suffolk", "North Yorkshire"}


@pytest.fixture(scope="module")
def maker(england: Register) -> Landscapes:
    """With a register of its own, which is read ahead: other tests ask by statements."""
    return Landscapes(Service(Path(england.info.path).parent).register, open_directory())


@pytest.fixture(scope="module")
def landscapes(maker: Landscapes) -> list[tuple[Landscape, str]]:
    """Every open school's landscape without its nearby schools (timed elsewhere), and its JSON."""
    urns = maker.register.open_urns()
    maker.register.read_ahead(DAY)

    def each() -> Iterator[tuple[Landscape, str]]:
        lines = LandscapeLines()  # those of landscape_json, as the test below holds
        for urn in urns:
            sketch = maker.sketch(urn, DAY, nearby=3)
            yield sketch.whole, lines.line(sketch)

    return list(each())


@pytest.mark.parametrize("day", [DAY, date(2022, 5, 25), date(2022, 10, 1)], ids=str)
def test_a_school_is_told_the_same_alone_and_among_thousands(england: Register, day: date) -> None:
    """What is read ahead, remembered and written once for all schools of a place changes no answer.

    Asked alone is every 560th school, and of each region and each phase one with a position and one
    without; where NAVIGATOR_TEST_THOROUGH is set, all of England.
    """
    ahead = Service(Path(england.info.path).parent).register
    ahead.read_ahead(day)
    directory = open_directory()
    many, programmes = Landscapes(ahead, directory), directory.programmes
    rows = EnglandRows(programmes, VALUES)
    forms = {form: EnglandRows(programmes, LINES[form]) for form in LINES}
    lines = LandscapeLines()
    urns = england.open_urns()
    kinds: dict[tuple[object, ...], int] = {}
    for urn in urns[7:]:
        school = ahead.get(urn)
        assert school
        kinds.setdefault((school.region, school.has_position), urn)
        kinds.setdefault((school.phase, school.has_position), urn)
    asked = set(urns if THOROUGH else (*kinds.values(), *urns[7::560]))
    assert len(asked) > 60
    for urn in sorted({*urns[7::40], *asked}):
        sketch = many.sketch(urn, day)
        together = sketch.whole
        in_row, in_line = rows.of(sketch), lines.line(sketch)
        in_forms = {form: made.of(sketch) for form, made in forms.items()}
        if urn in asked:
            alone = Landscapes(england, directory).landscape(urn, day)
            assert together == alone
            assert in_row == row(alone, programmes)
            assert in_line == landscape_json(alone)
            for form, text in in_forms.items():
                written = text.encode("utf-8", errors="replace")
                assert written == made_line(alone, programmes, form)


def test_every_open_school_has_a_landscape(landscapes: list[tuple[Landscape, str]]) -> None:
    assert len(landscapes) == 22_010
    for landscape, line in landscapes:
        shown = json.loads(line)
        assert shown["school"]["urn"] == landscape.school.urn
        assert shown["authority"], landscape.school.urn
        assert shown["school"]["phase"], landscape.school.urn
        assert {"maths-hub", "teaching-school-hub", "rise-region", "english-hub"} <= {
            h["programme"] for h in shown["hubs"]
        }


def test_a_body_of_a_church_is_shown_to_its_schools_only(
    landscapes: list[tuple[Landscape, str]],
) -> None:
    shown = 0
    for landscape, _ in landscapes:
        near = (*landscape.partnerships, *landscape.near_partnerships)
        bodies: list[Network | Partnership] = list(landscape.networks)
        bodies += [here.partnership for here in near]
        for body in bodies:
            if body.church or "Catholic" in body.name:
                churches = landscape.school.churches
                assert churches is None or body.church in churches, landscape.school.urn
                shown += 1
    assert shown > 200


def test_every_claim_has_a_source_and_none_rests_on_memory(
    landscapes: list[tuple[Landscape, str]],
) -> None:
    for landscape, _ in landscapes:
        for claim in landscape.hubs:
            assert claim.source
            assert claim.as_of
            if claim.claim in (Claim.DESIGNATED, Claim.NAMES_AREA, Claim.NEAREST, Claim.REGION):
                assert claim.hub is not None
                assert claim.confidence in ("high", "medium"), claim
            if claim.claim is Claim.ONE_OF:
                assert claim.hub is None
                assert claim.alternatives


def test_every_district_has_one_teaching_school_hub_but_for_the_splits(
    landscapes: list[tuple[Landscape, str]],
) -> None:
    given: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for landscape, _ in landscapes:
        claim = next(c for c in landscape.hubs if c.programme.id == "teaching-school-hub")
        if not landscape.school.district_name:
            continue
        names = (
            (claim.hub.hub.name,)
            if claim.claim is Claim.DESIGNATED and claim.hub
            else tuple(sorted(a.hub.name for a in claim.alternatives))
        )
        assert claim.claim in (Claim.DESIGNATED, Claim.ONE_OF)
        given[landscape.school.district_name].add(names)
    assert len(given) == 296
    for district, hubs in given.items():
        assert len(hubs) == 1, district
        (names,) = hubs
        assert (len(names) > 1) == (district in SPLIT), (district, names)
    assert {len(next(iter(given[d]))) for d in ("Birmingham", "Cornwall", "East Suffolk")} == {2}
    assert len(next(iter(given["North Yorkshire"]))) == 3


def test_a_trusts_size_is_its_number_of_open_schools(
    landscapes: list[tuple[Landscape, str]],
) -> None:
    members = Counter(s.school.trust_uid for s, _ in landscapes if s.school.trust_uid)
    in_la = Counter((s.school.trust_uid, s.school.la_code) for s, _ in landscapes)
    seen = 0
    for landscape, _ in landscapes:
        if landscape.trust:
            seen += 1
            school = landscape.school
            assert landscape.trust.trust.size == members[school.trust_uid]
            assert landscape.trust.schools_in_la == in_la[school.trust_uid, school.la_code]
    assert seen == sum(members.values())


def test_schools_without_a_position_say_so(landscapes: list[tuple[Landscape, str]]) -> None:
    without = [s for s, _ in landscapes if not s.school.has_position]
    assert len(without) == 316
    for landscape in without:
        assert not landscape.nearby
        assert "unknown" in landscape.nearby_note
        assert all(c.hub is None or c.hub.distance_km is None for c in landscape.hubs)


def test_every_programme_is_answered_for_every_authority(
    landscapes: list[tuple[Landscape, str]],
) -> None:
    claims: dict[str, set[Claim]] = defaultdict(set)
    for landscape, _ in landscapes:
        for claim in landscape.hubs:
            claims[claim.programme.id].add(claim.claim)
    assert claims["maths-hub"] <= {Claim.DESIGNATED, Claim.ONE_OF, Claim.NONE_FOUND}
    assert claims["english-hub"] <= {
        Claim.NAMES_AREA,
        Claim.ONE_OF,
        Claim.REGION,
        Claim.NONE_FOUND,
    }
    assert claims["computing-hub"] == claims["behaviour-hub"] == {Claim.ENDED}
    assert claims["rise-region"] == {Claim.REGION}


def test_text_and_markdown_come_of_every_hundredth_school(maker: Landscapes) -> None:
    for urn in maker.register.open_urns()[::100]:
        landscape = maker.landscape(urn, DAY)
        for text in (landscape_text(landscape), landscape_markdown(landscape)):
            assert landscape.school.name.split()[0] in text
            assert "None None" not in text
            assert "\x1b" not in text


@pytest.mark.parametrize(
    ("district", "claim", "hubs"),
    [
        ("Broxtowe", Claim.DESIGNATED, {"East Midlands West"}),
        ("Rushcliffe", Claim.DESIGNATED, {"East Midlands East"}),
        ("King's Lynn and West Norfolk", Claim.DESIGNATED, {"Cambridge"}),
        ("Preston", Claim.ONE_OF, {"Abacus NW", "Cumbria and North Lancashire"}),
        ("Winchester", Claim.ONE_OF, {"Solent", "Surrey Plus"}),
        ("Walsall", Claim.NONE_FOUND, set()),
        ("Lincoln", Claim.NONE_FOUND, {"East Midlands East"}),
    ],
)
def test_maths_hubs_where_counties_are_divided(
    landscapes: list[tuple[Landscape, str]], district: str, claim: Claim, hubs: set[str]
) -> None:
    """As the facts have it: a published line settles it, else "one of"; memory is no claim."""
    # Nottingham runs a few schools in its neighbours' districts; they go by their authority
    here = [
        s
        for s, _ in landscapes
        if s.school.district_name == district and s.school.la_name != "Nottingham"
    ]
    assert here
    for landscape in here:
        said = next(c for c in landscape.hubs if c.programme.id == "maths-hub")
        named = {said.hub.hub.name} if said.hub else {a.hub.name for a in said.alternatives}
        assert (said.claim, named) == (claim, hubs)


def test_what_find_and_show_print_of_a_school_finds_it(maker: Landscapes) -> None:
    for urn in maker.register.open_urns()[::700]:
        shown = maker.landscape(urn, DAY, nearby=3)
        found = school_text(shown.school)
        title, beneath = landscape_text(shown, why=False).split("\n")[:2]
        first = (found, found.partition("  ")[2].split(" · ")[0], title)
        for text in first:
            assert maker.register.search(text, 1)[0].urn == urn, text
        assert urn in [s.urn for s in maker.register.search(beneath, 5)], beneath
