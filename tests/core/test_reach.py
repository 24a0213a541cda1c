"""How a hub is reached: by itself, by its lead school, by the programme's finder."""

from typing import NamedTuple

from navigator.core import reach
from navigator.core.reach import Reach


class Lead(NamedTuple):
    name: str
    website: str
    telephone: str


HIGH = Lead("Example High School", "www.example-high.org.uk", "01632 960001")
SILENT = Lead("Silent School", "", "")
FINDER = reach.by_finder("Find your hub", "https://example.org/find")


def test_its_own_website_comes_first_with_the_telephone_of_the_lead() -> None:
    found = reach.of_hub("North Hub", "https://north.example", [HIGH], FINDER)
    assert found == Reach(
        "https://north.example", "01632 960001", "own", "North Hub", "Example High School"
    )


def test_then_the_lead_school_whose_address_in_the_register_may_lack_its_scheme() -> None:
    found = reach.of_hub("North Hub", "", [SILENT, HIGH], FINDER)
    assert found == Reach(
        "https://www.example-high.org.uk", "01632 960001", "lead", "Example High School"
    )


def test_a_lead_with_only_a_telephone_still_is_a_way() -> None:
    found = reach.of_hub("North Hub", "", [Lead("A", "", "01632 960002")], FINDER)
    assert found == Reach("", "01632 960002", "lead", "A")


def test_then_the_finder_then_none() -> None:
    assert reach.of_hub("North Hub", "", [SILENT], FINDER) == FINDER
    assert reach.of_hub("North Hub", "", [], None) is None


def test_what_may_not_be_opened_is_no_way() -> None:
    bad = Lead("A", "javascript:alert(1)", "")
    assert reach.of_hub("North Hub", "file:///etc/passwd", [bad], FINDER) == FINDER
    assert reach.own("A trust", "ftp://example.org") is None
    assert reach.by_finder("A finder", "") is None
