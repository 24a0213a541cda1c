"""Maps of text: true to scale and shape, told by sign as well as colour, never a line too wide."""

from __future__ import annotations

import math
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import grid
from navigator.view import chart
from navigator.view.canvas import Label, MapWindow
from navigator.view.chart import Chart, Mark
from tests.view.drawn import drawn_text


class Spot(NamedTuple):
    easting: int | None
    northing: int | None


ENGLAND = st.builds(Spot, st.integers(80_000, 660_000), st.integers(5_000, 660_000))
HERE, NEAR = Spot(467_000, 345_000), Spot(467_000, 356_000)
METRES = st.one_of(st.none(), st.integers(-5_000_000, 5_000_000))
ANYWHERE = st.builds(Spot, METRES, METRES)
KINDS: tuple[chart.MarkKind, ...] = ("home", "lead", "member")


def where(lines: list[str], sign: str) -> list[tuple[int, int]]:
    return [(x, y) for y, line in enumerate(lines) for x, c in enumerate(line) if c == sign]


@given(ENGLAND, ENGLAND)
def test_distances_on_the_map_are_true_all_over_england(a: Spot, b: Spot) -> None:
    (here,), (there,) = chart.marks([a]), chart.marks([b])
    on_map = math.dist(here[:2], there[:2])
    assert on_map == pytest.approx(grid.between(a, b), rel=grid.OFF)


@pytest.mark.parametrize("northing", [30_000, 340_000, 650_000])
@pytest.mark.parametrize("aspect", [1.8, 2.0, 2.3])
def test_a_square_on_the_ground_is_a_square_on_the_screen(northing: int, aspect: float) -> None:
    half = 20_000
    corners = [Spot(467_000 + x, northing + y) for x in (-half, half) for y in (-half, half)]
    view = chart.fit(chart.marks(corners, "lead"), 120, 60, aspect)
    assert view
    signs = where(drawn_text(chart.draw(view, chart.marks(corners, "lead"))), "▲")
    assert len(signs) == 4
    across = max(x for x, _ in signs) - min(x for x, _ in signs)
    down = max(y for _, y in signs) - min(y for _, y in signs)
    assert across / (down * aspect) == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize("units", ["miles", "km"])
@pytest.mark.parametrize("columns", [30, 72, 200])
@given(km=st.floats(0.01, 20))
def test_the_scale_bar_is_as_long_as_it_says(km: float, columns: int, units: str) -> None:
    view = MapWindow(0, 0, km, columns, 14)
    bar = chart.scale_bar(view, "km" if units == "km" else "miles")
    drawn, _, said = bar.text.partition(" ")
    number, unit = said.split()
    assert bar.cells * km == pytest.approx(
        float(number) * (1 if unit == "km" else grid.KM_A_MILE),
        rel=0.1 if columns < 72 else 0.04,
    )
    assert len(drawn) - 1 == bar.cells <= columns / 2


def test_two_places_stand_as_far_apart_as_the_bar_says() -> None:
    derby, lincoln = Spot(435_600, 336_200), Spot(497_600, 371_500)
    view = chart.fit(chart.marks([derby, lincoln], "lead"), 72, 14)
    assert view
    (x, y), (x2, y2) = where(
        drawn_text(chart.draw(view, chart.marks([derby, lincoln], "lead"))), "▲"
    )
    cells = math.hypot(x2 - x, (y2 - y) * view.aspect)
    assert cells * view.km_a_cell == pytest.approx(grid.between(derby, lincoln), rel=0.04)


def test_east_is_right_and_north_is_up() -> None:
    places = chart.marks([HERE], "home") + chart.marks([Spot(519_000, 401_000)], "lead")
    view = chart.fit(places, 40, 20)
    assert view
    drawn = drawn_text(chart.draw(view, places))
    (home,), (lead,) = where(drawn, "◆"), where(drawn, "▲")
    assert lead[0] > home[0]
    assert lead[1] < home[1]


def test_one_place_stands_in_the_middle() -> None:
    places = chart.marks([HERE], "home")
    view = chart.fit(places, 41, 9)
    assert view
    assert where(drawn_text(chart.draw(view, places)), "◆") == [(20, 4)]


def test_places_at_one_spot_are_one_sign_and_your_school_is_over_all() -> None:
    spot = HERE
    places = [mark for kind in KINDS for mark in chart.marks([spot] * 3, kind)]
    view = chart.fit(places, 41, 9)
    assert view
    for plain, sign in ((False, "◆"), (True, "@")):
        drawn = drawn_text(chart.draw(view, places, plain=plain))
        assert where(drawn, sign) == [(20, 4)]
        assert not where(drawn, "▲" if not plain else "#")


def test_places_without_a_position_are_counted() -> None:
    spots = [HERE, NEAR, Spot(None, 345_000), Spot(467_000, None)]
    shown = chart.marks(spots)
    assert len(shown) == 2
    told = drawn_text(chart.picture(Chart(shown, (), (), 2, 31), 72, 14))
    assert told[-1] == "2 of 31 schools have no position"
    assert chart.picture(Chart((), (), (), 31, 31), 72, 14) == ()


def test_the_legend_names_the_kinds_that_are_there() -> None:
    legend: tuple[tuple[chart.MarkKind, str], ...] = (
        ("home", "your school"),
        ("lead", "lead school"),
        ("member", "others"),
    )
    shown = chart.marks([HERE], "home") + chart.marks([NEAR])
    told = drawn_text(chart.picture(Chart(shown, legend), 72, 14))
    assert told[-1] == "◆ your school   ⠶ others"
    assert "lead" not in "".join(told)


def test_ascii_is_enough() -> None:
    shown = chart.marks([HERE], "home") + chart.marks([NEAR] * 2)
    label = Label(467.0, 345.0, "Bücherstadt")
    told = "\n".join(
        drawn_text(chart.picture(Chart(shown, (("home", "you"),), (label,)), 72, 14, plain=True))
    )
    assert told.isascii()
    assert "@" in told
    assert "o" in told


def test_a_name_stands_beside_its_place_or_nowhere() -> None:
    spot = 467.0, 345.0
    view = MapWindow(*spot, 1.0, 40, 9)
    drawn = drawn_text(chart.draw(view, [Mark(*spot, "home")], [Label(*spot, "Here")]))
    assert drawn[4] == f"{'':20}◆ {'Here':18}"
    crowd = [Mark(spot[0] + x, spot[1] + 2 * y) for x in range(-20, 20) for y in range(-4, 5)]
    assert "Here" not in "".join(drawn_text(chart.draw(view, crowd, [Label(*spot, "Here")])))


def test_many_places_are_single_dots() -> None:
    few = [Mark(n / 10, 0.0) for n in range(10)]
    many = few * 100
    view = MapWindow(0, 0, 1.0, 20, 5)

    def dots(shown: list[Mark]) -> int:
        drawn = "".join(drawn_text(chart.draw(view, shown)))
        return sum(bin(ord(c) - 0x2800).count("1") for c in drawn if c >= "\u2800")

    assert dots(many) < dots(few)


@given(
    st.lists(st.tuples(ANYWHERE, st.sampled_from(KINDS)), max_size=12),
    st.integers(1, 130),
    st.integers(1, 40),
    st.booleans(),
    st.text(max_size=30),
)
def test_any_places_make_lines_of_the_right_width(
    spots: list[tuple[Spot, chart.MarkKind]], columns: int, rows: int, plain: bool, name: str
) -> None:
    shown = tuple(m for spot, kind in spots for m in chart.marks([spot], kind))
    labels = [Label(m.east, m.north, name) for m in shown[:3]]
    view = chart.fit(shown, columns, rows)
    assert (view is None) == (not shown)
    if view:
        drawn = drawn_text(chart.draw(view, shown, labels, plain=plain))
        assert [len(line) for line in drawn] == [columns] * rows
    whole = Chart(shown, tuple((k, "words") for k in KINDS), tuple(labels), 1, 9)
    assert all(
        len(line) <= columns
        for line in drawn_text(chart.picture(whole, columns, rows, plain=plain))
    )
