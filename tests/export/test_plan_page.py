"""The plan's page for governors: what it says, on A4, on a phone, to an accessibility checker."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from navigator.core import clock
from navigator.core.activity import Activity, Kind, Status
from navigator.core.session import Attendee, Session
from navigator.export import markdown, page
from navigator.export.plan import PlanExport
from navigator.service import Service
from tests.export.test_page import browse, browser
from tests.tools import browser as chromium
from tests.tools import made_plan

SCHOOL = 139217
TODAY = date(2026, 11, 22)
DAYS = (date(2026, 11, 12), date(2027, 1, 14), date(2027, 3, 4), date(2027, 5, 6))


def activity(n: int) -> Activity:
    return Activity(
        "",
        f"Work group {n}: reasoning in Key Stage 2",
        made_plan.HUB,
        "East Midlands West",
        Kind.NETWORK,
        "work-group",
        Status.CONFIRMED,
        year_groups=("Year 3", "Year 4"),
        attends=(made_plan.LEAD, Attendee("Year 2", "Zebedee Quill")),
        sessions=tuple(made_plan.session(d) for d in (date(2026, 10, n), *DAYS)),
        release_days=Decimal(6),
        fee=Decimal(100),
        notes="Mine alone",
        why="Fluency in multiplication by the end of Year 4",
        pupils="Year 4, those on free school meals first",
        look_at="tables check",
        midyear_on=date(2027, 1, 29),
        midyear_seen="Half know their tables to 6",
        practice="Teachers use arrays in each lesson",
        evidence="Book look in June",
    )


@pytest.fixture
def plan(folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanExport]:
    """A plan of twelve activities, over the sample."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    service = Service()
    records = made_plan.write(folders / "config")
    for n in range(1, 9):
        records.add(activity(n))
    chosen = service.record().activities
    assert len(chosen) == 12
    yield PlanExport(service, chosen, 2026, people=False, school=SCHOOL)
    service.close()


def drawn(plan: PlanExport) -> str:
    return page.draw(plan.documents(), TODAY)


def shown(plan: PlanExport) -> str:
    """Its text."""
    body = drawn(plan).partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_sessions_at_two_times_are_told_each_with_its_own(plan: PlanExport) -> None:
    at = time(13, 30)
    starts = (date(2027, 1, 14), at), (date(2027, 3, 18), at), (date(2027, 6, 8), time(9))
    sessions = tuple(Session("", day, start, None) for day, start in starts)
    told = shown(plan._replace(chosen=(activity(1)._replace(sessions=sessions),)))
    assert "14 Jan, 18 Mar 2027 at 13:30 8 Jun 2027 at 09:00" in told


def test_it_says_what_governors_ask(plan: PlanExport) -> None:
    text = shown(plan)
    assert "Sneinton St Stephen's CofE Primary School" in text
    assert text.index("Autumn term") < text.index("Mastering Number") < text.index("No date yet")
    assert "8 Oct, 3 Dec 2026, 4 Feb 2027 at 13:30" in text
    assert "not known" in text
    assert "Fluency in multiplication" in text
    assert "Year 4, those on free school meals first" in text
    assert "Look at: tables check, mid-year 29 Jan 2027" in text
    assert "Under trial" in text
    assert "out of class" not in text  # clashes are for the school to solve
    for own in ("Zebedee", "Mine alone", "arrays", "Half know", "Impact"):
        assert own not in text
    assert "Zebedee Quill" in shown(plan._replace(people=True))
    told = shown(plan._replace(reflections=True))
    assert "Impact" in told
    assert "Mid-year: Half know their tables to 6 Teachers use arrays in each lesson" in told


def test_markdown_has_the_same_table(plan: PlanExport) -> None:
    text = markdown.draw(plan.documents())
    assert "| What | Who | When | Cost | Why |\n|---|---|---|---|---|\n" in text
    assert "| **Autumn term** | | | | |" in text
    assert "| Mastering Number; East Midlands West · confirmed | Reception" in text


@pytest.mark.parametrize("reflections", [False, True])
def test_twelve_activities_print_on_one_side_of_a4(
    plan: PlanExport, tmp_path: Path, reflections: bool
) -> None:
    browser()
    file, pdf = tmp_path / "plan.html", tmp_path / "plan.pdf"
    file.write_text(drawn(plan._replace(reflections=reflections)), "utf-8")
    browse(file, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    data = pdf.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    assert re.search(rb"/MediaBox \[0 0 59[45][\d.]* 84[12]", data), "A4"


CUT = """JSON.stringify([...document.querySelectorAll('tbody th, tbody td, li, p, h1, h2')]
.filter(e => e.innerText.trim()).filter(e => { const box = e.getBoundingClientRect();
return box.right > innerWidth + 1 || box.left < 0 || e.scrollWidth > e.clientWidth + 1})
.map(e => e.innerText))"""


async def test_nothing_is_cut_on_a_phone(plan: PlanExport, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    file.write_text(drawn(plan._replace(reflections=True)), "utf-8")
    async with chromium.opened(browser(), file.as_uri()) as opened:
        await opened.send(
            "Emulation.setDeviceMetricsOverride",
            **{"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True},
        )
        await opened.until("innerWidth === 390 && document.querySelector('footer')")
        cut = await opened.send("Runtime.evaluate", expression=CUT)
        wide = await opened.send("Runtime.evaluate", expression="document.body.scrollWidth")
    assert json.loads(cut["result"]["value"]) == []
    assert wide["result"]["value"] <= 390


@pytest.mark.parametrize(("scheme", "width"), [(1, 390), (0, 1200)])
def test_an_accessibility_checker_finds_nothing(
    plan: PlanExport, tmp_path: Path, scheme: int, width: int
) -> None:
    browser()
    pytest.importorskip("axe_core_python", reason="axe-core-python isn't installed")
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    text = re.sub(r"<meta http-equiv[^>]*>", "", drawn(plan))
    script = (
        f"<pre id=out></pre><script>{axe}</script><script>axe.run({{exclude:['#out']}})"
        ".then(r=>{document.getElementById('out').textContent=JSON.stringify("
        "{wrong:r.violations.map(v=>[v.id,v.nodes[0].html]),passed:r.passes.length})})"
        "</script></body>"
    )
    file = tmp_path / "plan.html"
    file.write_text(text.replace("</body>", script), "utf-8")
    told = browse(
        file,
        f"--blink-settings=preferredColorScheme={scheme}",
        f"--window-size={width},800",
        "--virtual-time-budget=30000",
        "--dump-dom",
    )
    found = re.search(r'<pre id="out">(.+?)</pre>', told, re.DOTALL)
    assert found, "the checker gave no answer"
    answer = json.loads(html.unescape(found[1]))
    assert answer["wrong"] == []
    assert answer["passed"] > 20
