"""Over all of England: which way leads to a hub, and that the way is told with it."""

from __future__ import annotations

from datetime import date

import pytest

from navigator.core.landscape import Claim
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.domain.reach_counts import Ways, ways
from navigator.export.contract import as_dict
from navigator.register import Register

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def maker(england: Register) -> Landscapes:
    return Landscapes(england, open_directory())


def of(maker: Landscapes, programme: str, day: date = DAY) -> Ways:
    directory = maker.directory
    found = directory.programme(programme)
    return ways(maker.claims, found, directory.hubs(programme), day)


@pytest.mark.parametrize(
    ("programme", "reached", "hubs"),
    [
        ("maths-hub", 38, 40),
        ("english-hub", 33, 33),
        ("teaching-school-hub", 86, 87),
        # 37 of the table's 51; six of those ended with the network's funding in July 2026
        ("research-school", 31, 45),
    ],
)
def test_most_hubs_can_be_reached_themselves_or_through_their_lead(
    maker: Landscapes, programme: str, reached: int, hubs: int
) -> None:
    found = of(maker, programme)
    assert (found.reached, found.hubs) == (reached, hubs)


def test_research_schools_were_37_of_51_while_all_ran(maker: Landscapes) -> None:
    hubs = maker.directory.hubs("research-school")
    told = [maker.claims.leads.at(hub, None).reach for hub in hubs]
    assert len({hub.id for hub in hubs}) == len(hubs) == 51
    assert sum(way is not None and way.of != "finder" for way in told) == 37


def test_what_is_over_has_no_way(maker: Landscapes) -> None:
    assert of(maker, "computing-hub").hubs == 0
    assert of(maker, "computing-hub", date(2024, 11, 1)).hubs > 20


def test_json_tells_the_way_the_need_and_the_diocese(maker: Landscapes) -> None:
    school = next(
        s
        for s in maker.register.census.in_la("892")
        if s.churches and s.phase == "primary" and s.website
    )
    told = as_dict(maker.landscape(school.urn, DAY))
    (church,) = school.churches or ()
    assert told["diocese"] == {"church": church, "name": "", "body": None, "reach": None}
    assert told["school"]["religious_character"] == school.religious_character
    maths = next(h for h in told["hubs"] if h["programme"] == "maths-hub")
    assert maths["need"] == "Maths"
    assert maths["reach"]["of"] in ("own", "lead")
    assert maths["reach"]["website"].startswith("http")
    assert told["authority"]["reach"]["of"] == "finder"
    assert all("reach" in other for h in told["hubs"] for other in h["alternatives"])
    assert all("reach" in body for body in (*told["networks"], *told["partnerships"]))
    ended = [h for h in told["hubs"] if h["claim"] == "ended"]
    assert ended
    assert all(h["reach"] is None for h in ended)


def test_every_way_leads_to_the_web_or_a_telephone(maker: Landscapes) -> None:
    for programme in maker.directory.programmes:
        for hub in maker.directory.hubs(programme.id):
            way = maker.claims.leads.at(hub, None).reach
            assert way is None or way.telephone or way.website.startswith("http")


def test_a_claim_of_none_leads_to_the_finder(maker: Landscapes) -> None:
    seen = 0
    for urn in maker.register.open_urns()[::400]:
        for claim in maker.landscape(urn, DAY, nearby=0).hubs:
            if claim.hub is None and claim.claim is not Claim.ENDED:
                assert claim.reach == claim.programme.reach
                seen += 1
    assert seen > 20
