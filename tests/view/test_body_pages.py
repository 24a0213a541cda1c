"""Pages of bodies over all of England: lists of schools agree with counts, maps with members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.record import NO_RECORD, OwnRecord
from navigator.directory import open_directory
from navigator.domain.bodies import LISTED, Bodies
from navigator.domain.landscapes import Landscapes
from navigator.domain.questions import Questions
from navigator.register import Register
from navigator.view import body_pages, hub_pages, list_pages, place_pages
from navigator.view.chart import Chart
from navigator.view.sections import Page, Section

DAY = date(2026, 11, 22)
NORTH_WEST = Key("hub-schools:rise-region/north-west")


@pytest.fixture(scope="module")
def ask(england: Register) -> Questions:
    return Questions(england, open_directory())


@pytest.fixture(scope="module")
def landscapes(ask: Questions) -> Landscapes:
    return ask.landscapes


@pytest.fixture(scope="module")
def bodies(ask: Questions) -> Bodies:
    return ask.bodies


@pytest.fixture(scope="module")
def home(landscapes: Landscapes) -> Landscape:
    return landscapes.landscape(139217, DAY)


def hubs(ask: Questions) -> Iterator[Key]:
    return (body.key for body in ask.index.on(DAY, OwnRecord()) if body.kind == "Hubs")


def charts(page: Page) -> list[Chart]:
    return [section.chart for section in page.sections if section.chart]


def test_every_hub_lists_the_schools_that_its_page_counts(ask: Questions, bodies: Bodies) -> None:
    for key in hubs(ask):
        counted = bodies.hub(key, None, DAY)
        listed = bodies.schools(key, DAY)
        assert {p for p, _ in listed.places} == set(counted.schools)
        assert listed.sure == counted.sure
        total = sum(place.schools for place, _ in listed.places)
        for place, schools in listed.places:
            assert len(schools) == (place.schools if total <= LISTED else 0)


def test_a_hub_of_thousands_leads_to_all_of_them_by_authority(bodies: Bodies) -> None:
    all_of_it = bodies.schools(NORTH_WEST, DAY)
    key = NORTH_WEST
    page = list_pages.schools_page(key, all_of_it)
    cards = {e.card.key: e.right for s in page.sections for e in s.entries if e.card}
    part = bodies.schools(Key(f"{NORTH_WEST}@888"), DAY)
    [(place, schools)] = part.places
    assert place.la_name == "Lancashire"
    assert cards[Key(f"{key}@888")] == str(place.schools) == str(len(schools))
    assert [s.name.casefold() for s in schools] == sorted(s.name.casefold() for s in schools)
    shown = list_pages.schools_page(Key.of(key.kind, key.name, "888"), part)
    urns = {e.card.urn for s in shown.sections for e in s.entries if e.card and e.card.urn}
    assert urns == {s.urn for s in schools}


def test_a_hub_of_part_of_a_county_lists_that_part(bodies: Bodies) -> None:
    listed = bodies.schools(Key("hub:maths-hub/east-midlands-west@891"), DAY)
    [(_, schools)] = listed.places
    assert {s.district_name for s in schools} <= {"Ashfield", "Broxtowe", ""}


def test_a_network_lists_the_schools_of_its_phases_in_its_authorities(
    bodies: Bodies, england: Register
) -> None:
    listed = bodies.schools(Key("network:1-3-5-cluster-partnership-group-camden"), DAY)
    [(place, schools)] = listed.places
    camden = england.census.in_la("202")
    assert place.la_name == "Camden"
    assert {s.urn for s in schools} == {
        s.urn for s in camden if s.phase in ("primary", "all-through")
    }
    page = list_pages.schools_page(
        Key("network-schools:1-3-5-cluster-partnership-group-camden"), listed
    )
    assert any(e.text == list_pages.WHO_BELONGS for s in page.sections for e in s.entries)
    assert page.title.startswith("Schools in the authorities of")


def test_a_trusts_map_has_each_of_its_schools_once(
    bodies: Bodies, home: Landscape, england: Register
) -> None:
    with_a_map = 0
    for uid in list(england.census.trust_sizes())[::20]:
        detail = bodies.trust(uid, home)
        placed = [s for s, _ in detail.members if s.has_position]
        shown = charts(body_pages.trust_page(detail, home, "miles"))
        assert len(shown) == (len(placed) > 1)
        for chart in shown:
            with_a_map += 1
            kinds = [mark.kind for mark in chart.marks]
            own = kinds.count("home")
            ours = own if any(s.urn == home.school.urn for s in placed) else 0
            assert len(kinds) - own + ours == len(placed)
            assert (chart.missing, chart.total) == (
                len(detail.members) - len(placed),
                len(detail.members),
            )
    assert with_a_map > 30


def test_a_school_far_from_a_trust_does_not_shrink_its_map(
    bodies: Bodies, landscapes: Landscapes, home: Landscape
) -> None:
    assert home.trust
    own = bodies.trust(home.trust.trust.uid, home)
    [chart] = charts(body_pages.trust_page(own, home, "km"))
    assert [m.kind for m in chart.marks].count("home") == 1
    far = landscapes.landscape(
        next(s.urn for s in landscapes.register.census.in_la("908") if s.phase == "primary"), DAY
    )
    detail = bodies.trust(home.trust.trust.uid, far)
    [chart] = charts(body_pages.trust_page(detail, far, "km"))
    assert "home" not in {m.kind for m in chart.marks}


def test_a_hubs_map_has_its_lead_and_your_school(bodies: Bodies, home: Landscape) -> None:
    detail = bodies.hub(Key("hub:maths-hub/east-midlands-west"), home, DAY)
    page = hub_pages.hub_page(detail, home, "miles")
    [chart] = charts(page)
    kinds = [mark.kind for mark in chart.marks]
    assert (kinds.count("lead"), kinds.count("home")) == (1, 1)
    assert kinds.count("member") == len(detail.shares) > 5
    assert not charts(
        hub_pages.hub_page(bodies.hub(Key("hub:maths-hub/central"), None, DAY), None, "miles")
    )


def test_the_facts_of_a_trust_come_before_its_map(bodies: Bodies, home: Landscape) -> None:
    assert home.trust
    page = body_pages.trust_page(bodies.trust(home.trust.trust.uid, home), home, "miles")
    titles = [section.title for section in page.sections]
    assert titles[:3] == ["In short", "Map", "Where they are"]
    assert isinstance(page.sections[1], Section)


def test_phases_that_leave_schools_out_say_how_many() -> None:
    from navigator.view.body_pages import of_each

    phases = [("primary", 75), ("special", 5)]
    assert of_each("87 schools", phases, 7) == "87 schools: primary 75, special 5 and 7 others"
    assert of_each("80 schools", phases) == "80 schools: primary 75, special 5"
    assert of_each("9 schools", [("primary", 8)], 1) == "9 schools: primary 8 and 1 other"


def test_all_through_schools_count_once_and_alike_on_both_pages_of_an_authority(
    ask: Questions, bodies: Bodies, england: Register
) -> None:
    """As secondary, with how many they are, wherever schools are counted by phase."""
    with_some = 0
    for code in ("309", "850", "882", "890", "892"):
        schools = [s.phase for s in england.census.in_la(code) if s.is_state_funded]
        both = schools.count("all-through"), schools.count("secondary")
        beside = f" ({both[0]} all-through)" if both[0] else ""
        counted = f"secondary {sum(both)}{beside}"
        with_some += bool(both[0])
        profile = ask.profiles.of(ask.localities.of_key(Key.of("la", code), NO_RECORD), DAY)
        pages = (
            body_pages.authority_page(bodies.authority(code, DAY), england.info),
            place_pages.profile_page(profile, england.info, "miles"),
        )
        for page in pages:
            [said] = [e.text for e in page.sections[0].entries if e.label == "Schools"]
            assert counted in said, page.kind
        figures = {e.text: e.right.split() for s in pages[1].sections for e in s.entries if e.right}
        assert figures["All-through among them"][0] == str(both[0])
    assert with_some > 2


@pytest.mark.parametrize(
    ("phases", "said"),
    [
        (
            [("primary", 25), ("secondary", 3), ("all-through", 2)],
            "primary 25, secondary 5 (2 all",
        ),
        ([("all-through", 1), ("primary", 2)], "3 schools: secondary 1 (all-through), primary 2"),
        ([("all-through", 2)], "3 schools, all secondary (all-through)"),
        ([("primary", 25)], "3 schools, all primary"),
    ],
)
def test_phases_are_told_with_those_that_count_among_them(
    phases: list[tuple[str, int]], said: str
) -> None:
    assert said in body_pages.of_each("3 schools", phases)
