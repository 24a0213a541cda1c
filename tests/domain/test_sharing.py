"""Whether another school has the same bodies as ours: one answer next door, in overlaps, in
comparisons and in JSON; on real schools."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest

from navigator.core.keys import Key
from navigator.core.landscape import Claim, Landscape
from navigator.core.record import Correction, OwnNetwork, OwnRecord
from navigator.directory import open_directory
from navigator.domain.around import Scope
from navigator.domain.questions import Questions
from navigator.export.contract import landscape_json
from navigator.register import Register
from navigator.view import overlap_pages, review_facts

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def ask(england: Register) -> Questions:
    return Questions(england, open_directory())


@pytest.fixture(scope="module")
def primaries(ask: Questions) -> list[Landscape]:
    """Forty primaries at random; some in a network of their head's, some with a hub they set."""
    urns = random.Random(13).sample(sorted(ask.register.open_urns()), 120)
    every = (s for urn in urns if (s := ask.register.get(urn)))
    schools = [s for s in every if s.phase == "primary" and s.has_position][:40]
    shown = []
    for number, school in enumerate(schools):
        near = ask.landscapes.landscape(school.urn, DAY).nearby
        maths = ("London Central and West",), ("london-central-and-west",)
        record = OwnRecord(
            networks=(OwnNetwork("ours", "Ours", (school.urn, near[1].school.urn)),)
            if number % 4 == 0
            else (),
            corrections=(Correction("c", "hub", school.key, "", "maths-hub", *maths),)
            if number % 5 == 0
            else (),
        )
        shown.append(ask.landscapes.landscape(school.urn, DAY, record))
    return shown


def test_next_door_overlap_and_comparison_agree_school_by_school(
    ask: Questions, primaries: list[Landscape]
) -> None:
    names = {p.name: p.id for p in ask.directory.programmes}
    names |= {"Local authority": "la", "Trust": "trust", "Your network": "own-network"}
    answers = set()
    for home in primaries:
        overlap = ask.overlaps.of(home, Scope("number", number=20))
        rows = {row.school.urn: row for row in overlap.rows}
        assert len(home.nearby) == 20
        for near in home.nearby:
            other = ask.landscapes.landscape(near.school.urn, DAY, home.record)
            if row := rows.get(near.school.urn):  # an overlap is of state-funded schools
                for column, same in zip(overlap.bodies, row.shares, strict=True):
                    if column.kind in names:
                        assert same is near.sharing[names[column.kind]], (home.school, column.kind)
            for body in ask.overlaps.pair(home, other):
                if body.kind in names and names[body.kind] in near.sharing:
                    told = near.sharing[names[body.kind]]
                    assert body.same is told, (home.school.name, near.school.name, body)
                    answers.add((names[body.kind], told))
    for programme in ("maths-hub", "english-hub", "teaching-school-hub", "music-hub"):
        assert (programme, True) in answers
    assert {("maths-hub", False), ("english-hub", None), ("research-school", None)} <= answers
    assert not {("research-school", True), ("research-school", False)} & answers


def test_nothing_is_denied_that_isnt_known(primaries: list[Landscape]) -> None:
    """False is said of a hub only where the hubs of both are known, or it isn't for the other."""
    denied = 0
    for home in primaries:
        for claim in home.hubs:
            p = claim.programme
            if claim.claim is Claim.ENDED or not claim.serves:
                continue
            for near in home.nearby:
                if near.sharing[p.id] is False and p.serves_school(near.school):
                    assert claim.hub
                    assert claim.claim in (
                        Claim.DESIGNATED,
                        Claim.NAMES_AREA,
                        Claim.REGION,
                        Claim.SET_BY_YOU,
                    )
                    assert p.rule != "nearest"
                    denied += 1
    assert denied > 20


def test_shares_are_those_of_sharing_in_json_too(primaries: list[Landscape]) -> None:
    for home in primaries:
        for near in json.loads(landscape_json(home))["nearby"]:
            assert set(near["sharing"].values()) <= {True, False, None}
            assert near["shares"] == [what for what, same in near["sharing"].items() if same]


def test_a_trust_of_another_day_isnt_known(ask: Questions, primaries: list[Landscape]) -> None:
    home = ask.landscapes.landscape(primaries[0].school.urn, date(2024, 1, 1))
    assert {near.sharing["trust"] for near in home.nearby} == {None}


def test_what_is_the_same_is_so_from_both_sides(ask: Questions, primaries: list[Landscape]) -> None:
    for home in primaries[::5]:
        for near in home.nearby[::4]:
            other = ask.landscapes.landscape(near.school.urn, DAY, home.record)
            there = {(b.kind, b.one, b.other): b.same for b in ask.overlaps.pair(home, other)}
            back = {(b.kind, b.other, b.one): b.same for b in ask.overlaps.pair(other, home)}
            shared = {kind for (kind, *_), same in there.items() if same}
            assert shared == {kind for (kind, *_), same in back.items() if same}
            assert {k for k, v in there.items() if not v} == {k for k, v in back.items() if not v}


def test_the_overlap_names_what_it_left_out(ask: Questions, primaries: list[Landscape]) -> None:
    """Never a sentence over all systems: a trust isn't compared, nor a programme without areas."""
    said = 0
    for home in primaries:
        overlap = ask.overlaps.of(home, Scope("number", number=20))
        assert ("Trust" in overlap.left_out) == (home.trust is None)
        assert "Research School" in overlap.left_out
        page = overlap_pages.overlap_page(overlap, "miles", by_shared=False)
        door = next(s for s in page.sections if s.title.startswith("Next door"))
        assert "All of them" not in door.empty
        assert "Not compared: Trust" in door.empty
        assert "Research School" in door.empty
        said += not door.entries
    assert said  # some have nobody next door in another system


def test_what_isnt_sure_is_said_beside_each_count(
    ask: Questions, primaries: list[Landscape]
) -> None:
    said = 0
    for home in primaries:
        overlap = ask.overlaps.of(home, Scope("number", number=20))
        told = overlap_pages.overlap_said(overlap)
        for _, unsure in overlap.counts:
            assert not unsure or f"(not sure of {unsure})" in told
            said += bool(unsure)
    assert said


def test_the_review_says_of_how_many_it_isnt_sure(primaries: list[Landscape]) -> None:
    home = primaries[0]
    near = tuple(n._replace(sharing=dict.fromkeys(n.sharing)) for n in home.nearby[1:])
    shown = home._replace(nearby=(home.nearby[0], *near))
    lines = [entry.text for entry in review_facts.nearby(shown)]
    assert lines[0].endswith(f"(not sure of {len(near)})")


def test_a_hub_lists_no_neighbours_where_it_isnt_for_our_school(ask: Questions) -> None:
    """Of a hub that surely is a primary's, a secondary next door has nothing to share."""
    programme = ask.directory.programme("english-hub")
    for school in ask.register.census.in_la("892"):
        if school.phase == "secondary" and not programme.serves_school(school):
            home = ask.landscapes.landscape(school.urn, DAY)
            for cover in ask.directory.covering("english-hub", school, DAY):
                assert ask.bodies.hub(cover.hub.key, home, DAY).shares == ()
            for near in home.nearby:
                assert not ask.landscapes.sharing.hubs(programme, near.school, DAY, OwnRecord())
            return
    pytest.fail("no secondary")


def test_a_hub_that_the_head_set_is_compared(ask: Questions, primaries: list[Landscape]) -> None:
    """What the head set counts for either school; a hub of another name may be any."""
    shown = (h for h in primaries if not h.record.corrections)
    home = next(h for h in shown if h.nearby[0].sharing["maths-hub"])
    near = home.nearby[0].school

    def told(about: Key, hub: str) -> bool | None:
        said = Correction("c", "hub", about, "", "maths-hub", ("A hub",), (hub,))
        record = OwnRecord(corrections=(said,))
        shown = ask.landscapes.landscape(home.school.urn, DAY, record)
        return shown.nearby[0].sharing["maths-hub"]

    for about in (home.school.key, near.key):
        assert told(about, "code-cornwall-and-devon") is False
        assert told(about, "") is None
