"""How sure a row is: one word, by the table of docs/claims.md, on real schools."""

from __future__ import annotations

import random
from datetime import date

import pytest

from navigator.core import wording
from navigator.core.landscape import Claim, HubClaim, Sureness
from navigator.core.wording import SURENESS
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.register import Register
from navigator.view.cards import hub_card

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def claims(england: Register) -> list[HubClaim]:
    """All claims of 200 schools of every phase, taken at random."""
    maker = Landscapes(england, open_directory())
    schools = map(england.get, random.Random(13).sample(sorted(england.open_urns()), 200))
    return [claim for s in schools if s for claim in maker.claims.of_school(s, DAY)]


def of(claims: list[HubClaim], sureness: Sureness) -> list[HubClaim]:
    found = [c for c in claims if c.sureness is sureness]
    assert found, sureness
    return found


def test_every_word_has_its_sign_and_unknown_never_looks_like_none() -> None:
    assert set(SURENESS) == set(Sureness)
    assert {SURENESS[s][0] for s in (Sureness.ASK, Sureness.UNKNOWN)} == {"?"}
    assert SURENESS[Sureness.NONE][0] != "?"


def test_only_what_a_source_designates_is_yours(claims: list[HubClaim]) -> None:
    for claim in of(claims, Sureness.YOURS):
        assert claim.claim is Claim.DESIGNATED
        assert claim.hub
        assert not claim.alternatives


def test_whoever_must_ask_has_somebody_to_ask(claims: list[HubClaim]) -> None:
    assert {c.claim for c in of(claims, Sureness.ASK)} >= {
        Claim.ONE_OF,
        Claim.NAMES_AREA,
        Claim.REGION,
        Claim.NONE_FOUND,
    }
    assert all(c.hubs for c in of(claims, Sureness.ASK))


def test_likely_is_the_only_one_it_can_be(claims: list[HubClaim]) -> None:
    for claim in of(claims, Sureness.LIKELY):
        assert len(claim.hubs) == 1
        if claim.programme.rule == "region":
            assert claim.counted
            assert claim.named == claim.counted.hubs


def test_none_is_said_only_where_no_unnamed_hub_could_be_it(claims: list[HubClaim]) -> None:
    for claim in of(claims, Sureness.NONE):
        assert not claim.hubs
        assert not claim.serves or claim.named >= (claim.counted.hubs if claim.counted else 1)
    for claim in of(claims, Sureness.UNKNOWN):
        assert claim.serves
        assert claim.named < (claim.counted.hubs if claim.counted else 1)


def test_a_hub_of_low_confidence_is_asked_and_not_among_what_wasnt_found(
    claims: list[HubClaim],
) -> None:
    maybe = [c for c in claims if c.claim is Claim.NONE_FOUND and c.alternatives]
    assert maybe
    for claim in maybe:
        assert claim.sureness is Sureness.ASK
        assert all(at.hub.confidence == "low" for at in claim.alternatives)
        said = wording.claim_phrase(claim)
        assert "None found" not in said
        assert "ask" in said


def test_where_no_list_of_areas_was_found_no_area_is_said_to_be_covered(
    claims: list[HubClaim],
) -> None:
    unlisted = [c for c in claims if "no list of its areas was found" in c.why and c.hub]
    assert unlisted
    for claim in unlisted:
        assert claim.hub
        told = dict(hub_card(claim, "miles").facts).get("Covers", "")
        for area in claim.hub.hub.areas:
            assert not claim.hub.hub.infers(area) or area.name not in told.split("; ")


def test_a_programme_that_ended_tells_whether_it_was_for_the_school(
    claims: list[HubClaim],
) -> None:
    over = [c for c in claims if c.claim is Claim.ENDED]
    assert {c.applied for c in claims if c.claim is not Claim.ENDED} == {None}
    by_id = {id: {c.applied for c in over if c.programme.id == id} for id in OVER}
    assert by_id == OVER
    for claim in over:
        if claim.programme.areas_only and claim.serves:
            assert ("wasn't one of its areas" in claim.why) == (claim.applied is False)


OVER: dict[str, set[bool | None]] = {
    "education-investment-area": {True, False},
    "language-hub": {None},
    "behaviour-hub": {None},
    "computing-hub": {True},
}
