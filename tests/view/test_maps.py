"""Maps to pan and zoom: true to the ground, told by sign, and what is under the cursor is named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import grid
from navigator.core.errors import NotFoundError
from navigator.core.landscape import Landscape
from navigator.directory import open_directory
from navigator.domain.questions import Questions
from navigator.register import Register
from navigator.service import Service
from navigator.view import body_pages, chart, maps
from navigator.view.canvas import Canvas, MapWindow, hull
from navigator.view.grounds import Ground
from navigator.view.maps import SIGNS_BY, DrawnMap, Shown
from tests.view.drawn import drawn_text

DAY = date(2026, 11, 22)
SCHOOL, TRUST = 139217, "5456"
SPOTS = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=14)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    empty = tmp_path_factory.mktemp("nothing")
    service = Service(empty, records=empty)
    yield service
    service.close()


@pytest.fixture(scope="module")
def home(service: Service) -> Landscape:
    return service.landscape(SCHOOL, DAY)


@pytest.fixture(scope="module")
def ground(service: Service, home: Landscape) -> Ground:
    return service.ground(f"school:{SCHOOL}", home, DAY)


@pytest.fixture(scope="module")
def places(service: Service, ground: Ground) -> dict[int, tuple[float, float]]:
    """Where schools stand in degrees, as the register has it."""
    schools = (service.find_school(point.urn) for point in ground.places)
    return {
        s.urn: (s.latitude, s.longitude)
        for s in schools
        if s and s.latitude is not None and s.longitude is not None
    }


@pytest.fixture(scope="module")
def view(ground: Ground) -> MapWindow:
    return maps.first_view(ground, 84, 34, 2.0)


def drawn(sheet: DrawnMap, sign: str) -> int:
    return sum(line.count(sign) for line in drawn_text(sheet.lines))


@pytest.mark.parametrize("aspect", [1.8, 2.0, 2.3])
def test_schools_stand_as_far_apart_and_in_the_direction_that_the_ground_has_them(
    ground: Ground, places: dict[int, tuple[float, float]], aspect: float
) -> None:
    view = maps.first_view(ground, 160, 60, aspect)
    home = ground.home
    assert home
    across = down = 0
    for point in ground.places:
        x, y = view.spot(point.east, point.north)
        hx, hy = view.spot(home.east, home.north)
        if math.hypot(x - hx, (y - hy) * aspect) < 20:
            continue
        # The geodesic from home to the school's longitude, and on to its latitude.
        here, there = places[home.urn], places[point.urn]
        east = geodesic(here, (here[0], there[1])).km
        north = geodesic((here[0], there[1]), there).km
        cells = math.hypot(x - hx, (y - hy) * aspect)
        true = geodesic(here, there).km
        assert cells * view.km_a_cell == pytest.approx(true, rel=0.01)
        if true > 60:
            continue
        if east > 2 * north:
            assert abs(x - hx) * view.km_a_cell == pytest.approx(east, rel=0.03)
            assert (x > hx) == (there[1] > here[1])
            across += 1
        elif north > 2 * east:
            assert abs(y - hy) * aspect * view.km_a_cell == pytest.approx(north, rel=0.03)
            assert (y < hy) == (there[0] > here[0])
            down += 1
    assert across > 20
    assert down > 20


@pytest.mark.parametrize("units", ["miles", "km"])
def test_the_bar_is_as_long_on_the_ground_as_it_says(ground: Ground, units: str) -> None:
    home = ground.home
    assert home
    view = maps.first_view(ground, 84, 34, 2.0)
    while view.km_a_cell < maps.FURTHEST / 2:
        bar = chart.scale_bar(view, "km" if units == "km" else "miles")
        x, y = view.spot(home.east, home.north)
        ends = [view.ground(x, y), view.ground(x + bar.cells, y)]
        said = float(bar.said.split()[0]) * (1 if units == "km" else grid.KM_A_MILE)
        assert math.dist(*ends) == pytest.approx(said, rel=0.04)
        view = maps.zoomed(view, 1 / maps.ZOOM, x, y)


@given(st.floats(0, 84), st.floats(0, 34), st.floats(0.2, 5))
def test_zooming_leaves_what_is_under_the_cursor_where_it_is(
    x: float, y: float, times: float
) -> None:
    view = MapWindow(10, 20, 1.0, 84, 34)
    place = view.ground(x, y)
    after = maps.zoomed(view, times, x, y)
    assert after.spot(*place) == pytest.approx((x, y), abs=1e-6)
    assert after.km_a_cell == pytest.approx(1 / times)
    assert view.moved(3, -2).spot(*place) == pytest.approx((x - 3, y + 2), abs=1e-6)


def test_zooming_ends_at_a_street_and_at_all_of_england(view: MapWindow) -> None:
    near, far = view, view
    for _ in range(40):
        near, far = maps.zoomed(near, 1.5, 40, 17), maps.zoomed(far, 1 / 1.5, 40, 17)
    assert near.km_a_cell == pytest.approx(maps.CLOSEST)
    assert far.km_a_cell == pytest.approx(maps.FURTHEST)


@given(SPOTS)
def test_an_outline_holds_every_spot_and_has_no_dent(spots: list[tuple[int, int]]) -> None:
    corners = hull(spots)
    assert set(corners) <= set(spots)
    if len(corners) < 3:
        return
    sides = list(zip(corners, (*corners[1:], corners[0]), strict=True))
    for a, b in sides:
        for spot in spots:
            assert (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0]) >= 0


def test_a_dotted_line_far_longer_than_the_view_is_drawn_only_in_it() -> None:
    for plain in (False, True):
        canvas = Canvas(MapWindow(0, 0, 0.01, 20, 10), plain=plain)
        canvas.line((-9_000, 0), (9_000, 0), "outline")
        lines = drawn_text(canvas.lines())
        assert [y for y, line in enumerate(lines) if line.strip()] == [5]
        assert len(lines[5].split()) >= 5
        canvas.line((-9_000, 5), (9_000, 5), "outline")
        assert drawn_text(canvas.lines()) == lines


def test_all_schools_in_view_are_in_their_cells_and_in_the_legend(
    ground: Ground, view: MapWindow
) -> None:
    for by in SIGNS_BY:
        sheet = maps.draw(ground, view, Shown(by))
        inside = {
            p.urn
            for p in ground.places
            if 0 <= view.spot(p.east, p.north)[0] < 84 and 0 <= view.spot(p.east, p.north)[1] < 34
        }
        assert len(inside) > 40
        assert inside == {p.urn for here in sheet.cells.values() for p in here}
        for (column, row), here in sheet.cells.items():
            for point in here:
                x, y = view.spot(point.east, point.north)
                assert (math.floor(x), math.floor(y)) == (column, row)
        kinds = [told for told in sheet.legend if told.role.startswith(f"{by}:")]
        assert sum(int(told.number) for told in kinds) == len(inside)
        signs = [told.sign for told in sheet.legend if told.sign]
        assert len(signs) == len(set(signs)), "told by sign, each its own"


def test_signs_are_one_cell_and_each_means_one_thing() -> None:
    from wcwidth import wcwidth

    special = (maps.HOME, maps.LEAD, maps.TRUST, maps.SEVERAL, maps.OTHER)
    for kinds in SIGNS_BY.values():
        every = [*kinds, *special, maps.OUTLINE]
        for signs in ([k.sign for k in every], [k.plain for k in every]):
            assert len(set(signs)) == len(signs)
            assert all(len(sign) == 1 and wcwidth(sign) == 1 for sign in signs)
        assert all(kind.plain.isascii() for kind in every)


def test_layers_go_and_come_back(ground: Ground, view: MapWindow) -> None:
    shown = Shown()
    whole = maps.draw(ground, view, shown)
    for layer, sign in (("leads", "▲"), ("trust", "▼"), ("places", "○")):
        assert drawn(whole, sign)
        off = maps.draw(ground, view, shown.switched(layer))
        assert not drawn(off, sign), layer
        assert any(not told.on for told in off.legend)
        assert maps.draw(ground, view, shown.switched(layer).switched(layer)) == whole
    assert ground.outline
    told = {told.key: told.words for told in whole.legend}
    assert "no boundary" in told["4"]
    assert "schools of Transform Trust" in told["3"]


def test_home_stands_in_the_middle_over_all(ground: Ground, view: MapWindow) -> None:
    sheet = maps.draw(ground, view, Shown())
    assert drawn(sheet, "◆") == 1
    assert drawn_text(sheet.lines)[17][42] == "◆"
    assert sheet.cells[42, 17][0].urn == SCHOOL
    found = maps.found(sheet, 42, 17)
    assert found
    said = maps.named(ground, found, 0, "miles")
    assert said[1].startswith("Sneinton St Stephen's")
    assert "your school" in said[3]
    assert "Transform Trust (MAT 16+)" in said[3]


def test_several_in_one_cell_are_counted_and_named(ground: Ground, view: MapWindow) -> None:
    far = maps.zoomed(view, 1 / 40, 42, 17)
    sheet = maps.draw(ground, far, Shown())
    cell, here = max(sheet.cells.items(), key=lambda item: len(item[1]))
    assert len(here) > 2
    found = maps.found(sheet, *cell)
    assert found
    assert found.points == tuple(here)
    before, name, also, _ = maps.named(ground, found, 1, "miles")
    assert before == f"{len(here)} schools here, 2: "
    assert name == here[1].name
    assert here[0].name in also
    assert name not in also.split("; ") or [p.name for p in here].count(name) > 1


def test_beside_every_school_the_nearest_is_named_with_its_distance(
    ground: Ground, view: MapWindow
) -> None:
    sheet = maps.draw(ground, view, Shown())
    free = next((x, y) for x in range(84) for y in range(34) if (x, y) not in sheet.cells)
    found = maps.found(sheet, *free)
    assert found
    spot = view.ground(free[0] + 0.5, free[1] + 0.5)
    apart = {
        p.urn: math.dist(spot, (p.east, p.north)) for here in sheet.cells.values() for p in here
    }
    assert found.far_km == pytest.approx(min(apart.values()))
    assert maps.named(ground, found, 0, "miles")[0].startswith("Nearest, ")
    nowhere = maps.draw(ground, view.moved(90_000, 0), Shown())
    assert maps.found(nowhere, 3, 3) is None
    assert "No school in this view" in maps.named(ground, None, 0, "miles")[0]


def test_ascii_is_enough(ground: Ground, view: MapWindow) -> None:
    sheet = maps.draw(ground, view, Shown("governance"), plain=True)
    told = "\n".join(drawn_text(sheet.lines))
    assert told.isascii()
    for sign in "@#toA.LM":
        assert sign in told
    assert all(told.sign.isascii() for told in sheet.legend)


@pytest.mark.parametrize(
    "key",
    [
        f"trust:{TRUST}",
        "la:892",
        "hub:maths-hub/east-midlands-west",
        "hub-schools:maths-hub/east-midlands-west@892",
        "programme:maths-hub",
    ],
)
def test_a_body_has_a_map_of_its_schools(service: Service, home: Landscape, key: str) -> None:
    ground = service.ground(key, home, DAY)
    sheet = maps.draw(ground, maps.first_view(ground, 84, 34, 2.0), Shown())
    shown = {p.urn for here in sheet.cells.values() for p in here}
    assert {p.urn for p in ground.places} <= shown
    assert {lead.point.urn for lead in ground.leads} <= shown
    assert bool(ground.leads) == ("hub" in key)
    if key.endswith("892"):
        assert {p.la_code for p in ground.places} == {"892"}
    if key.startswith("trust"):
        assert {p.trust for p in ground.places} == {"Transform Trust"}


def test_what_gathers_no_schools_has_no_map(service: Service, home: Landscape) -> None:
    for key in ("sources:", "trust:0", "la:000", "hub:maths-hub/nowhere"):
        with pytest.raises(NotFoundError):
            service.ground(key, home, DAY)
    placeless = home._replace(school=home.school._replace(easting=None, northing=None))
    with pytest.raises(NotFoundError, match="no position"):
        service.ground(f"school:{SCHOOL}", placeless, DAY)


def test_a_map_has_the_schools_that_the_authoritys_page_counts(england: Register) -> None:
    ask = Questions(england, open_directory())
    for code in ("886", "888", "892"):
        detail = ask.bodies.authority(code, DAY)
        points = [p for p in ask.points.all.values() if p.la_code == code]
        placeless = [s for s in detail.members if not s.has_position]
        assert len(points) + len(placeless) == detail.schools
        shown = Counter(p.governance for p in points)
        counted = dict(detail.governance)
        assert sum(counted[kind] - shown[kind] for kind in counted) == len(placeless)
        assert all(shown[kind] <= counted[kind] for kind in shown)
        trusts = england.census.trust_sizes()
        assert all(p.trust == (trusts[p.trust_uid].name if p.trust_uid else "") for p in points)


# --- trusts ---


def test_how_local_a_trust_is_and_how_far_apart_its_schools_are(england: Register) -> None:
    ask = Questions(england, open_directory())
    words = set()
    for uid, size in england.census.trust_sizes().items():
        if size.kind != "MAT" or not 2 <= size.schools <= 12:
            continue
        detail = ask.bodies.trust(uid, None)
        share = detail.authorities[0].schools / detail.trust.size
        words.add(detail.local)
        assert detail.local == (
            "local" if share >= 0.75 else "mostly in one LA" if share >= 0.5 else "dispersed"
        )
        places = [(s.latitude, s.longitude) for s, _ in detail.members if s.has_position]
        apart = sorted(geodesic(a, b).km for n, a in enumerate(places) for b in places[:n])
        half = len(apart) // 2
        true = apart[half] if len(apart) % 2 else (apart[half - 1] + apart[half]) / 2
        assert detail.median_km == pytest.approx(true, rel=1e-5, abs=0.001)
        if len(words) == 3 and len(detail.members) > 8:
            break
    assert words == {"local", "mostly in one LA", "dispersed"}


def test_a_figure_of_a_trust_tells_how_it_is_counted(england: Register) -> None:
    ask = Questions(england, open_directory())
    page = body_pages.trust_page(ask.bodies.trust(TRUST, None), None, "miles")
    lines = {e.label: e for e in page.sections[0].entries}
    for label in ("How local", "Apart"):
        card = lines[label].card
        assert card
        assert dict(card.facts)["How it is counted"]
        assert card.copy == lines[label].text
    assert "Nottingham" in lines["How local"].text


def test_a_trust_that_is_only_partly_on_the_register_is_not_called_local(service: Service) -> None:
    detail = service.questions.bodies.trust(TRUST, None)
    assert len(detail.members) < detail.trust.size
    lines = {
        e.label: e.text for e in body_pages.trust_page(detail, None, "miles").sections[0].entries
    }
    assert "How local" not in lines
    assert lines["Apart"].endswith(f"of the {len(detail.members)} on this register")
