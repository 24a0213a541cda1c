"""The table of forms: what is in it is made, offered by the commands, and in docs/exports.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core.activity import Activity
from navigator.domain.around import Scope
from navigator.domain.plan import cover_sheet
from navigator.export import england_forms, forms, landscapes
from navigator.export.cover import CoverExport
from navigator.export.forms import Exported, Subject
from navigator.export.landscapes import LandscapeExport
from navigator.export.locality import FiguresExport, OverlapExport, PairExport
from navigator.export.plan import PlanExport
from navigator.export.review import ReviewExport
from navigator.service import Service
from navigator.view import overlap_pages
from navigator.view.documents import sheet
from tests.tools import made_plan

DAY = date(2026, 11, 22)
SCHOOL, OTHER = 139217, 122480
DOCS = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("forms")
    service = Service(folder / "data", records=folder / "record")
    yield service
    service.close()


@pytest.fixture(scope="module")
def exported(service: Service) -> dict[str, Exported]:
    """One of each subject, by its command."""
    home, other = service.landscape(SCHOOL, DAY), service.landscape(OTHER, DAY)
    overlap, key = service.overlap(home, Scope()), "place:la:892"
    plan = PlanExport(service, [Activity("a-1", "A course", year=2026)], 2026, False, SCHOOL)
    out = made_plan.ACTIVITIES[0]
    pair = f"pair:{SCHOOL}|{OTHER}"
    return {
        "export": LandscapeExport([sheet(home, today=DAY)], service.find_school),
        "review": ReviewExport(service.review(SCHOOL, DAY, "miles")),
        "locality": FiguresExport(
            service.profiles(key, DAY), service.info, lambda: service.page(key, None, DAY, "miles")
        ),
        "overlap": OverlapExport(
            overlap,
            service.info,
            lambda: overlap_pages.overlap_page(overlap, "miles", by_shared=False),
        ),
        "overlap --with": PairExport(
            home,
            other,
            service.shared_bodies(home, other),
            lambda: service.page(pair, home, DAY, "miles"),
        ),
        "plan export": plan,
        "plan export ACTIVITY": plan,
        "plan cover": CoverExport(service, cover_sheet.in_england([out], (), 2026), False, SCHOOL),
    }


BEGINS = {
    "html": "<!DOCTYPE html>",
    "markdown": "# ",
    "text": "",
    "csv": "",
    "ics": "BEGIN:VCALENDAR",
    "json": "{",
}


@pytest.mark.parametrize("subject", forms.SUBJECTS, ids=lambda s: s.command)
def test_every_form_is_made(subject: Subject, exported: dict[str, Exported]) -> None:
    ids = [form.id for form in subject.forms]
    assert len(ids) == len(set(ids))
    if subject is forms.ENGLAND:  # tests/export/test_england.py makes them
        assert set(ids) == {*england_forms.LINES, "parquet"}
    elif subject is forms.SHOWN:
        assert set(ids) == landscapes.SHOWN.keys()
    else:
        for form in subject.forms:
            if form.takes == "FOLDER":  # tests/export/test_site.py makes it
                continue
            text = forms.make(form, exported[subject.command]).decode("utf-8-sig")
            assert text.startswith(BEGINS[form.id])
            assert text.endswith("\n")


@pytest.mark.parametrize("subject", forms.SUBJECTS, ids=lambda s: s.command)
def test_the_command_offers_every_form(
    subject: Subject, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word for word in subject.command.split() if word.islower() and word[0] != "-"]
    with pytest.raises(SystemExit):
        run([*words, "--help"])
    told = capsys.readouterr().out
    for form in subject.forms:
        takes = "" if form.prints else f" {form.takes}"
        assert not form.help or f"--{form.id}{takes}" in told


def test_the_docs_list_every_form_and_no_other() -> None:
    rows = [
        f"| {s.what} | `navigator {s.command}` | "
        f"{', '.join(f'`--{form.id}`' for form in s.forms if form.help)} | "
        f"{s.kinds if s.title else '–'} |"
        for s in forms.SUBJECTS
    ]
    table = DOCS.partition("## Every form")[2].partition("##")[0]
    assert [line for line in table.splitlines() if line.startswith("| ")][1:] == rows
    ids = {form.id for subject in forms.SUBJECTS for form in subject.forms}
    assert set(re.findall(r"--([a-z-]+) (?:FILE|FOLDER)", DOCS)) <= ids
