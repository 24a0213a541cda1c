"""How sure a row is: one word, by the table of docs/claims.md, on real schools."""

from __future__ import annotations

import random
from datetime import date

import pytest

from navigator.core.model import Claim, HubClaim, Sureness
from navigator.core.wording import SURENESS
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.register import Register

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
        assert claim.programme.rule != "region" or claim.named == claim.counted.hubs  # type: ignore[union-attr]


def test_none_is_said_only_where_no_unnamed_hub_could_be_it(claims: list[HubClaim]) -> None:
    for claim in of(claims, Sureness.NONE):
        assert not claim.hubs
        assert not claim.serves or claim.named >= (claim.counted.hubs if claim.counted else 1)
    for claim in of(claims, Sureness.UNKNOWN):
        assert claim.serves
        assert claim.named < (claim.counted.hubs if claim.counted else 1)
