"""The cover sheet for others: a side of A4 a week, a table, names only on request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core import clock
from navigator.core.activity import Activity, Status
from navigator.core.errors import RefusedError
from navigator.core.session import Attendee, attendees
from navigator.export import cover, page
from navigator.export.cover import CoverExport
from navigator.service import Service
from tests.export.test_page import browse, browser
from tests.tools import made_plan

TODAY = date(2026, 11, 22)
NAMED = "Zebedee Quill"


@pytest.fixture
def service(folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The made-up plan over the sample, with a week in which many are out."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    records = made_plan.write(folders / "config")
    many = tuple(made_plan.session(date(2026, 12, n), None) for n in range(1, 5))
    for n in range(2):
        who = (Attendee("Head", NAMED), *attendees(f"Year {n}; Year {n + 3}"))
        records.add(Activity("", f"Course {n}", status=Status.APPLIED, attends=who, sessions=many))
    held = Service()
    yield held
    held.close()


@pytest.fixture
def sheets(service: Service) -> CoverExport:
    return CoverExport(service, cover.of_year(service, 2026), False, 139217)


def test_names_are_in_it_only_on_request(sheets: CoverExport) -> None:
    plain = page.draw(sheets.documents(), TODAY)
    assert NAMED not in plain
    assert NAMED not in sheets.data("csv").decode()
    assert sheets.held == ""
    named = sheets._replace(people=True)
    assert NAMED in page.draw(named.documents(), TODAY)
    assert "1 of 5 named" in page.draw(named.documents(), TODAY).replace("\n", " ")
    assert NAMED in named.data("csv").decode()
    assert named.held == "It holds names of people."


def test_the_table_has_a_row_for_each_who_is_out(sheets: CoverExport) -> None:
    rows = list(csv.DictReader(io.StringIO(sheets.data("csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == cover.COLUMNS
    first = rows[0]
    assert (first["date"], first["half"], first["who"]) == ("2026-10-08", "afternoon", "Reception")
    assert (first["people_out"], first["too_many"], first["most_out"]) == ("1", "", "")
    assert first["release_days"] == "1.50"
    apart = [row for row in rows if not row["date"]]
    assert any("in a holiday (Autumn half term)" in row["mind"] for row in apart)
    thursday = [r for r in rows if r["date"] == "2026-12-03" and r["half"] == "morning"]
    assert len(thursday) == 6  # a row for each session that one is in
    assert {row["mind"] for row in thursday} == {
        "applied, not yet confirmed; time not known: counted as the whole day"
    }


def test_each_week_prints_on_one_side_of_a4(sheets: CoverExport, tmp_path: Path) -> None:
    browser()
    file, pdf = tmp_path / "cover.html", tmp_path / "cover.pdf"
    named = sheets._replace(people=True)
    file.write_text(page.draw(named.documents(), TODAY), "utf-8")
    browse(file, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    pages = re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())
    assert len(pages) == len(sheets.weeks) > 3


def test_a_week_or_a_term_is_chosen(service: Service, sheets: CoverExport) -> None:
    (one,) = cover.of_week(service, date(2026, 12, 4))
    assert one.first == date(2026, 11, 30)
    spring = cover.of_term(service, 2026, "spring")
    assert {week.term for week in spring} == {"Spring term"}
    assert set(spring) < set(sheets.weeks)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda s: cover.of_week(s, date(2027, 6, 3)), "in the week of 31 May 2027, as far as"),
        (
            lambda s: cover.of_term(s, 2030, "spring"),
            "in spring term, 1 January 2031 to 31 March 2031, as far as",
        ),
        (lambda s: cover.of_year(s, 2030), "Nobody is out of class in the year 2030-31, as far as"),
        (
            lambda s: cover.of_term(s, 2026, "lent"),
            "No term of 2026-27 is called “lent”: Autumn term, Spring term, Summer term.",
        ),
    ],
)
def test_where_nobody_is_out_the_span_that_was_asked_for_is_named(
    service: Service, ask: Callable[[Service], object], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        ask(service)
