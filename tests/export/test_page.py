"""The page for governors: what it says, that nothing can act in it, that everyone can read it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.core import cleaning, wording
from navigator.core.landscape import Landscape
from navigator.core.reach import Reach
from navigator.export import page as pages
from navigator.export.landscapes import LandscapeExport
from navigator.export.map import HEIGHT, WIDTH, drawing
from navigator.service import Service
from navigator.view import landscape_sections
from navigator.view.documents import sheet
from tests.core.test_wording import HOSTILE
from tests.tools import browser as chromium
from tests.ui.test_hostile import poisoned, replace

DAY = date(2026, 11, 22)
SCHOOL = 139217
MOST = 150_000
"""Bytes of the page of one school."""

ON_A_PAGE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title><h1>mine</h1>",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "javascript:alert(1)",
    "https://example.org/\"onclick='x'",
    "]]><!-- -->",
]

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "nav"),
    *("article", "section", "div", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "a", "span"),
    *("b", "i", "em", "small", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "svg", "g", "rect", "circle", "path", "text"),
}
VOID = {"meta", "link", "input"}
BLOCKS = {
    *("p", "ul", "ol", "table", "section", "div", "figure", "nav", "header", "form"),
    *("h1", "h2", "h3", "h4", "h5"),
}
CELLS = {"td", "th", "tr", "tbody"}
ENDED_BY = {
    "li": {"li"},
    "p": {*BLOCKS, *CELLS, "li"},
    "td": CELLS,
    "th": CELLS,
    "tr": {"tr", "tbody"},
    "thead": {"tbody"},
    "tbody": {"tbody"},
}
"""The elements whose end tag HTML lets be left out, and the tags that end them in its place; the
end of what they stand in does, too."""


class Page(HTMLParser):
    """A page as a reader meets it: tags with attributes in order, and the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[list[str]] = []
        self.open: list[int] = []
        self.feed(text)
        self.close()
        assert not self.open, "a tag was left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append([])
        if tag not in VOID:
            while self.open and tag in ENDED_BY.get(self.tags[self.open[-1]][0], ()):
                self.open.pop()
            self.open.append(len(self.tags) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append([])

    def handle_endtag(self, tag: str) -> None:
        at = self.open.pop()
        while self.tags[at][0] != tag and self.tags[at][0] in ENDED_BY:
            at = self.open.pop()
        assert self.tags[at][0] == tag, f"{self.tags[at]} is closed by {tag}"

    def handle_data(self, data: str) -> None:
        for at in self.open:
            self.texts[at].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str], str]]:
        return [
            (attributes, "".join(text))
            for (name, attributes), text in zip(self.tags, self.texts, strict=True)
            if name == tag
        ]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("page")
    service = Service(folder / "data", records=folder / "record")
    yield service
    service.close()


@pytest.fixture(scope="module")
def landscape(service: Service) -> Landscape:
    return service.landscape(SCHOOL, DAY)


def written(service: Service, *landscapes: Landscape, name: str = "") -> str:
    sheets = [sheet(one, today=DAY, whole=True) for one in landscapes]
    return pages.draw(LandscapeExport(sheets, service.find_school, name).documents(), DAY)


# --- what it says ---


def test_it_says_what_the_screen_says(service: Service, landscape: Landscape) -> None:
    shown = Page(written(service, landscape))
    text = " ".join("".join(shown.texts[0]).split())
    for column in landscape_sections.columns(landscape):
        for section in column.sections:
            for said in (section.title, section.after):
                assert cleaning.plain(said) in text
            for entry in section.entries:
                assert cleaning.plain(entry.text) in text
                assert cleaning.plain(entry.detail) in text
                assert entry.right in text
                facts = dict(entry.card.facts) if entry.card else {}
                if not entry.quiet and not entry.marks:
                    assert facts.get("Why", "").rstrip(".") in text
                    assert facts.get("Source", "").rstrip(".") in text
    assert "As at 22 November 2026" in text
    assert "Register: sample: 3 areas" in text
    assert "Open Government Licence" in text


def test_a_raised_number_leads_to_the_reason(service: Service, landscape: Landscape) -> None:
    text = written(service, landscape)
    found = re.search(r"East Midlands West<a href=#([\w-]+)>", text)
    assert found
    reason = re.search(rf"<li id={found[1]}>.*?(?=<li|</ol>)", text)
    assert reason
    assert "East Midlands West covers Nottingham" in reason[0]
    assert "Confidence: high" in reason[0]
    assert 'href="https://www.ncetm.org.uk/' in reason[0]


def test_a_row_says_how_sure_it_is_and_leads_to_the_body(
    service: Service, landscape: Landscape
) -> None:
    school = replace(landscape.school, telephone="01632 960001", website="www.own.example.org")
    lead = replace(landscape.hubs[0].hub, reach=Reach("", "01632 960002", "lead", "A Lead School"))
    first = replace(landscape.hubs[0], hub=lead)
    shown = Page(
        written(service, replace(landscape, school=school, hubs=(first, *landscape.hubs[1:])))
    )
    rows = [" ".join(text.split()) for _, text in shown.all("li")]
    assert any(r.startswith("Maths East Midlands West") and "6.1 mi, yours" in r for r in rows)
    assert any("Through A Lead School: 01632 960002" in row for row in rows)
    assert ({"href": "http://www.emwest.co.uk"}, "emwest.co.uk") in shown.all("a")
    assert "yours" in next(r for r in rows if r.startswith("Nottingham"))
    assert not any("ended" in row for row in rows if row.startswith("Computing"))


def test_the_page_of_a_school_is_small(service: Service, landscape: Landscape) -> None:
    assert 10_000 < len(written(service, landscape).encode()) < MOST


def test_several_schools_tell_once_what_they_share(service: Service, landscape: Landscape) -> None:
    others = [service.landscape(near.school.urn, DAY) for near in landscape.nearby[:6]]
    text = written(service, landscape, *others, name="Nottingham")
    shown = Page(text)
    for one in (landscape, *others):
        assert words(written(service, one)) <= words(text)
    assert text.count("East Midlands West covers Nottingham") == 1
    assert text.count("a national online service goes on") == 1
    assert ({"href": "#list-A"}, "List A") in shown.all("a")
    assert sum(a.get("id") == "list-A" for a, _ in shown.all("section")) == 1
    assert_sound(shown)


def words(text: str) -> set[str]:
    """What a reader sees of a page, each word once."""
    body = re.sub(r"<title>.*?</title>|<[^>]*>", " ", text.partition("<body")[2])
    return {word.strip(".:,;") for word in html.unescape(body).split()}


def test_several_schools_stand_under_a_list_that_leads_to_each(
    service: Service, landscape: Landscape
) -> None:
    other = service.landscape(landscape.nearby[0].school.urn, DAY)
    shown = Page(written(service, landscape, other, name="Nottingham"))
    assert [text for _, text in shown.all("h1")] == ["Nottingham: 2 schools"]
    listed = [a["href"] for a, _ in shown.all("a") if a["href"].startswith("#urn-")]
    assert listed == [f"#urn-{SCHOOL}", f"#urn-{other.school.urn}"]
    assert_sound(shown)


# --- nothing can act in it ---


def assert_sound(shown: Page) -> None:
    """Only our tags, nothing that runs or is fetched, links that lead somewhere."""
    ids = [a["id"] for _, a in shown.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in shown.tags:
        assert tag in ALLOWED
        assert not {n for n in attributes if n.startswith("on") or n in ("src", "srcdoc", "style")}
        href = attributes.get("href", "#")
        assert (
            href[1:] in ids if href[:1] == "#" and href[1:] else cleaning.link(href) or href == "#"
        )
        for named in attributes.get("aria-labelledby", "").split():
            assert named in ids
    ((_, style),) = shown.all("style")
    assert not re.search(r"@import|url\(|expression", style)


@pytest.mark.parametrize("text", [*HOSTILE, *ON_A_PAGE], ids=lambda t: repr(t)[:24])
def test_text_from_outside_stays_text(service: Service, landscape: Landscape, text: str) -> None:
    changed = poisoned(landscape, text)
    near = tuple(replace(n, school=replace(n.school, name=text)) for n in changed.nearby)
    another = replace(changed, school=replace(changed.school, urn=100000))
    shown = Page(written(service, replace(changed, nearby=near), another, name=text))
    assert_sound(shown)
    names = [t for a, t in shown.all("h2") if a.get("class") == "name"]
    assert names == [cleaning.plain(text)] * 2


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_name_comes_back_as_it_was(service: Service, landscape: Landscape, text: str) -> None:
    school = replace(landscape.school, name=text)
    shown = Page(written(service, replace(landscape, school=school)))
    assert [t for _, t in shown.all("h1")] == [cleaning.plain(text)]
    assert_sound(shown)


# --- everyone can read it ---


def test_it_is_in_order_for_who_hears_it(service: Service, landscape: Landscape) -> None:
    shown = Page(written(service, landscape))
    tags = [tag for tag, _ in shown.tags]
    assert dict(shown.tags)["html"]["lang"] == "en-GB"
    assert [tags.count(t) for t in ("main", "h1", "article")] == [1, 1, 1]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    headings = [text for _, text in shown.all("h2")]
    assert headings[:3] == ["Who helps with", "Where you belong", "Next door"]
    assert {a.get("scope") for a, _ in shown.all("th")} == {"col", "row"}
    assert all(text.strip() for _, text in shown.all("th"))
    assert "Maths Hub" in "".join(text for a, text in shown.all("th") if a["scope"] == "col")
    assert shown.all("caption")
    marks = {text for _, text in shown.all("td") if not text[0].isdigit()}
    assert marks == set(wording.SHARE_WORDS.values())


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_colours_can_be_read(dark: bool) -> None:
    light, _, rest = pages.style("landscape").partition("prefers-color-scheme:dark")
    colours = dict(re.findall(r"--(\w+):(#\w{6})", rest if dark else light))
    assert len(colours) == 8
    for text in ("ink", "quiet", "accent", "lead"):
        for ground in ("paper", "ground"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for sign in ("near", "lead", "accent"):
        assert contrast(colours[sign], colours["ground"]) >= 3.0, sign


# --- the map ---


def test_the_map_is_true_to_scale(service: Service, landscape: Landscape) -> None:
    drawn = drawing(landscape, service.find_school)
    assert drawn
    shown = Page(f"<div>{drawn.svg}</div>")
    spots = [(float(a["cx"]), float(a["cy"])) for a, _ in shown.all("circle")]
    assert len(spots) == len(landscape.nearby)
    (home,) = [a["d"] for a, _ in shown.all("path") if a.get("class") == "home"]
    x, top = map(float, re.findall(r"[\d.]+", home)[:2])
    (bar,) = [a["d"] for a, _ in shown.all("path") if a.get("class") == "bar"]
    pixels = float(bar.split("h")[1].split("v")[0])
    (length,) = [text for a, text in shown.all("text") if a.get("class") == "scale"]
    km_a_pixel = float(length.split()[0]) * 1.609344 / pixels
    for (east, south), near in zip(spots, landscape.nearby, strict=True):
        far = ((east - x) ** 2 + (south - top - 8) ** 2) ** 0.5 * km_a_pixel
        assert far == pytest.approx(near.distance_km, rel=0.03, abs=0.02)
        assert 0 < east < WIDTH
        assert 0 < south < HEIGHT


def test_a_lead_school_beyond_the_map_is_an_arrow_towards_it(
    service: Service, landscape: Landscape
) -> None:
    drawn = drawing(landscape, service.find_school)
    assert drawn
    maths = next(lead for lead in drawn.leads if "Maths: East Midlands West" in lead.hubs)
    assert maths.name == "George Spencer Academy"
    assert maths.far == "6.1 mi"
    # It lies west-south-west of the school, in Stapleford
    turns = [int(t) for t in re.findall(r"rotate\((-?\d+)\)", drawn.svg)]
    assert any(-115 <= turn <= -95 for turn in turns)
    assert "beyond it: arrows point to them" in drawn.said


def test_without_a_position_there_is_no_map(service: Service, landscape: Landscape) -> None:
    school = replace(landscape.school, easting=None, northing=None)
    text = written(service, replace(landscape, school=school))
    assert "<svg" not in text
    assert_sound(Page(text))


# --- as a browser has it ---


def browser() -> str:
    return chromium.find() or pytest.skip("Chromium isn't installed")


def browse(file: Path, *arguments: str) -> str:
    done = subprocess.run(
        [
            *(browser(), "--headless", "--disable-gpu", "--no-sandbox"),
            *(f"--user-data-dir={file.parent / 'profile'}", *arguments, file.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


PHONE, SCREEN = 360, 1200
SHOWN = """JSON.stringify([...document.querySelectorAll('tbody th small, thead th')].map(e => {
const box = e.getBoundingClientRect();
return [e.innerText, box.width > 20 && box.height > 8 && box.right <= innerWidth]}))"""

CROOKED = """[...document.querySelectorAll('tr')].filter(row => new Set([...row.children]
.map(e => Math.round(e.getBoundingClientRect().top))).size > 1).length"""

SIGNS = """JSON.stringify([...document.querySelectorAll('.near td + td, .near thead .m')].map(e =>
[e.innerText, getComputedStyle(e, '::before').content, e.clientWidth < 60 &&
getComputedStyle(e).overflow == 'hidden' && parseInt(getComputedStyle(e).textIndent) < -999]))"""
"""Each word that is heard, the sign in its place, and whether the sign alone is seen."""


@pytest.mark.parametrize("width", [PHONE, SCREEN])
async def test_a_phone_shows_what_a_screen_does(
    service: Service, landscape: Landscape, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "page.html"
    file.write_text(written(service, landscape), "utf-8")
    async with chromium.opened(browser(), file.as_uri()) as page:
        await page.send(
            "Emulation.setDeviceMetricsOverride",
            **{"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE},
        )
        await page.until(f"innerWidth === {width} && document.querySelector('footer')")
        answer = await page.send("Runtime.evaluate", expression=SHOWN)
        told = json.loads(answer["result"]["value"])
        crooked = await page.send("Runtime.evaluate", expression=CROOKED)
        answer = await page.send("Runtime.evaluate", expression=SIGNS)
        signs = json.loads(answer["result"]["value"])
        wide = await page.send("Runtime.evaluate", expression="document.body.scrollWidth")
    assert len([text for text, _ in told if text.startswith("Nottingham")]) >= 15
    assert all(seen for text, seen in told if len(text) > 1)
    assert crooked["result"]["value"] == 0, "the marks stand beside the name"
    assert wide["result"]["value"] <= width, "nothing to be pushed sideways for"
    assert all(alone for *_, alone in signs)
    seen = {(word, sign.split('"')[1]) for word, sign, _ in signs}
    assert seen >= {(wording.SHARE_WORDS[s], sign) for s, sign in wording.SHARE_SIGNS.items()}
    assert ("Maths Hub", "M") in seen


SMALL = """JSON.stringify([...document.querySelectorAll('a')].filter(e => !e.closest('.evidence'))
.map(e => [e.outerHTML, e.getBoundingClientRect()])
.filter(([_, box]) => box.width < 24 || box.height < 24).map(([text, _]) => text))"""
"""The links that a finger may miss; the addresses within the sentences of the reasons may be so."""

LINKS = "document.querySelectorAll('a').length"


async def test_every_link_of_a_row_can_be_hit_with_a_finger(
    service: Service, landscape: Landscape, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    other = service.landscape(landscape.nearby[0].school.urn, DAY)
    file.write_text(written(service, landscape, other), "utf-8")
    async with chromium.opened(browser(), file.as_uri()) as page:
        await page.send(
            "Emulation.setDeviceMetricsOverride",
            **{"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
        )
        await page.until("innerWidth === 390 && document.querySelector('footer')")
        small = await page.send("Runtime.evaluate", expression=SMALL)
        links = await page.send("Runtime.evaluate", expression=LINKS)
    assert links["result"]["value"] > 40
    assert json.loads(small["result"]["value"]) == []


@pytest.mark.parametrize(
    ("scheme", "width"), [(1, SCREEN), (0, SCREEN), (0, PHONE)], ids=["light", "dark", "phone"]
)
def test_an_accessibility_checker_finds_nothing(
    service: Service, landscape: Landscape, tmp_path: Path, scheme: int, width: int
) -> None:
    browser()
    pytest.importorskip("axe_core_python", reason="axe-core-python isn't installed")
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    other = service.landscape(landscape.nearby[0].school.urn, DAY)
    for number, text in enumerate(
        (written(service, landscape), written(service, landscape, other))
    ):
        # The page's own policy would keep the checker out
        open_page, dropped = re.subn(r"<meta http-equiv[^>]*>", "", text)
        assert dropped == 1
        script = (
            f"<pre id=out></pre><script>{axe}</script><script>axe.run({{exclude:['#out']}})"
            ".then(r=>{document.getElementById('out').textContent=JSON.stringify("
            "{wrong:r.violations.map(v=>[v.id,v.nodes[0].html]),passed:r.passes.length})})"
            "</script></body>"
        )
        file = tmp_path / f"page-{number}.html"
        file.write_text(open_page.replace("</body>", script), "utf-8")
        colours = f"--blink-settings=preferredColorScheme={scheme}"
        size = f"--window-size={width},800"
        shown = browse(file, colours, size, "--virtual-time-budget=30000", "--dump-dom")
        found = re.search(r'<pre id="out">(.+?)</pre>', shown, re.DOTALL)
        assert found, "the checker gave no answer"
        told = json.loads(html.unescape(found[1]))
        assert told["wrong"] == []
        assert told["passed"] > 20


@pytest.mark.skipif(sys.platform == "win32", reason="pdfinfo is looked for on Unix")
def test_it_prints_on_a4(service: Service, landscape: Landscape, tmp_path: Path) -> None:
    browser()
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo isn't installed")
    file = tmp_path / "page.html"
    file.write_text(written(service, landscape), "utf-8")
    pdf = tmp_path / "page.pdf"
    browse(file, "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: .*A4", told)
    pages_ = int(re.search(r"Pages:\s+(\d+)", told)[1])  # type: ignore[index]
    assert pages_ <= 4  # the landscape on one sheet, front and back; then the reasons
