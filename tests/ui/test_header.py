"""What stands above a landscape, whatever room there is."""

from __future__ import annotations

from datetime import date

from navigator.core.landscape import Landscape
from navigator.service import Service
from navigator.ui.widgets.header import SchoolHeader
from tests.ui.conftest import DAY, SCHOOL

LONG = "Saint Clare's Primary School A Catholic Voluntary Academy, Coalville, Leicestershire"


def old(service: Service, name: str, phase: str = "Primary") -> Landscape:
    """The sample's school by another name, on a register of England that is old."""
    shown = service.landscape(SCHOOL, DAY)
    assert shown is not None
    register = shown.register._replace(sample=False, day=date(2025, 7, 17))
    school = shown.school._replace(name=name, phase=phase)
    return shown._replace(school=school, register=register)


def lines(shown: Landscape, width: int, *, brief: bool = False) -> list[str]:
    return [line.plain for line in SchoolHeader(shown, "U", "", brief=brief).lay_out(width)]


def test_the_number_ends_the_last_line_of_a_long_name(service: Service) -> None:
    first, second, _ = lines(old(service, LONG), 78)
    assert first == "Saint Clare's Primary School A Catholic Voluntary Academy, Coalville,"
    assert second.startswith("Leicestershire  ")
    assert second.endswith(f"  URN {SCHOOL}")
    assert len(second) == 78


def test_an_old_register_is_told_in_words_in_any_width(service: Service) -> None:
    for width in range(20, 160):
        told = " ".join(lines(old(service, "A School", "Alternative provision"), width))
        assert "old: U updates" in told or "older than 60 days: U updates" in told


def test_in_a_low_terminal_it_is_two_lines(service: Service) -> None:
    for width in range(30, 120):
        name, about = lines(old(service, LONG), width, brief=True)
        assert max(len(name), len(about)) <= width
        assert name.startswith("Saint Clare's Primary")
        assert about.endswith("old: U updates")
