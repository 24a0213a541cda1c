"""The folder to hand out: it opens from a disk, each link leads somewhere, nothing is private."""

from __future__ import annotations

import json
import os
import shutil
import stat
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.export import site as site_files
from navigator.service import Service
from navigator.storage import whole_folder
from tests.export.test_page import ALLOWED, SMALL, Page, browser
from tests.tools import browser as chromium

DAY = date(2026, 11, 22)
SCHOOL = 139217
SECRET = "They share their planning"
Capture = pytest.CaptureFixture[str]


def export(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: DAY)
        return run(["export", *words])


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a note on a school, under the sample of the register."""
    folder = tmp_path_factory.mktemp("record")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: DAY)
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(folder / "config"))
        patch.setenv("NAVIGATOR_DATA_DIR", str(folder / "data"))
        assert run(["note", str(SCHOOL), SECRET]) == 0
    return folder


@pytest.fixture(autouse=True)
def folders(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(record / "config"))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(record / "data"))


@pytest.fixture(scope="module")
def site(record: Path) -> Path:
    """The folder of a trust, of the sample: an authority takes ten times as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(record / "config"))
        patch.setenv("NAVIGATOR_DATA_DIR", str(record / "data"))
        assert export("Transform Trust", "--site", str(record / "site")) == 0
    return record / "site"


def pages(site: Path) -> dict[str, Page]:
    return {file.name: Page(file.read_text("utf-8")) for file in site.glob("*.html")}


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site: Path) -> None:
    shown = pages(site)
    ids = {
        name: {a["id"] for _, a in page.tags if "id" in a} | {""} for name, page in shown.items()
    }
    for name, page in shown.items():
        for attributes, text in page.all("a"):
            address, _, place = attributes["href"].partition("#")
            if not address.startswith(("http://", "https://")):
                assert place in ids[address or name], (name, text, attributes)
        allowed = ALLOWED | {"link"} | ({"script"} if name == "index.html" else set())
        assert {tag for tag, _ in page.tags} <= allowed
        assert not [a for _, a in page.tags if {"src", "srcdoc", "style"} & a.keys()]
    school = shown[f"school-{SCHOOL}.html"]
    led = {attributes["href"] for attributes, _ in school.all("a")}
    assert {"hub-maths-hub-east-midlands-west.html", "la-892.html", "index.html"} <= led
    assert sum(address.startswith("school-") for address in led) > 1


def test_the_index_has_each_school_and_the_bodies_in_words(site: Path) -> None:
    shown = pages(site)
    schools = [name for name in shown if name.startswith("school-")]
    index = shown["index.html"]
    heads = [" ".join(t.split()) for a, t in index.all("th") if a["scope"] == "col"]
    assert heads == ["School", "Phase", "Run by", "Pupils"]
    rows = [t for a, t in index.all("th") if a["scope"] == "row"]
    assert len(rows) == len(schools) == len(index.all("circle")) > 10
    assert any(text == "East Midlands West" for _, text in index.all("a"))
    sizes = [(site / name).stat().st_size for name in schools]
    assert sum(sizes) / len(sizes) < 13_000, "with 106 schools and 50 bodies under 2 MB"


def test_the_reasons_are_told_once(site: Path) -> None:
    texts = [file.read_text("utf-8") for file in site.glob("*.html")]
    assert sum("East Midlands West covers Nottingham" in text for text in texts) == 1


def test_nothing_of_the_heads_own_but_by_name(site: Path, tmp_path: Path, capsys: Capture) -> None:
    assert not [f.name for f in site.iterdir() if SECRET in f.read_text("utf-8")]
    folder = tmp_path / "mine"
    assert export(str(SCHOOL), "--site", str(folder), "--with", "notes") == 0
    held = [f.name for f in folder.iterdir() if SECRET in f.read_text("utf-8")]
    assert held == [f"school-{SCHOOL}.html"]
    assert "Holds your notes" in (folder / held[0]).read_text("utf-8")
    assert "It holds your notes" in capsys.readouterr().out
    if os.name != "nt":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("there", "force", "said"),
    [
        ({"mine.txt": "x"}, True, "Navigator didn't make it"),
        ({whole_folder.MARK: "Ours\nindex.html\n", "mine.txt": "x"}, True, "(mine.txt)"),
        ({whole_folder.MARK: f"Ours\n{whole_folder.MARK}\n"}, False, "--force to replace it"),
    ],
)
def test_a_folder_that_is_there_stays(
    tmp_path: Path, capsys: Capture, there: dict[str, str], force: bool, said: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for name, text in there.items():
        (folder / name).write_text(text)
    assert export(str(SCHOOL), "--site", str(folder), *(["--force"] if force else [])) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert {f.name: f.read_text() for f in folder.iterdir()} == there
    assert [f.name for f in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("given", "said"),
    [("no/such", "There is no folder"), ("-", "can't be printed"), ("file", "is a file")],
)
def test_a_place_that_cant_be_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, given: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    assert export(str(SCHOOL), "--site", given) == 1
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_ours_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "out")
    whole_folder.write(folder, {"a.html": b"old", "gone.html": b"old"}, force=False)
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name.endswith("-site.tmp"):
            raise PermissionError(13, "Access is denied")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        with pytest.raises(Exception, match="can't be written"):
            whole_folder.write(folder, {"a.html": b"new"}, force=True)
    assert (tmp_path / "out" / "gone.html").read_bytes() == b"old"
    whole_folder.write(folder, {"a.html": b"new"}, force=True)
    assert {f.name for f in (tmp_path / "out").iterdir()} == {"a.html", whole_folder.MARK}
    assert [f.name for f in tmp_path.iterdir()] == ["out"]


def test_one_that_a_killed_export_put_aside_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    whole_folder.write(str(folder), {"a.html": b"old"}, force=False)
    aside = tmp_path / ".navigator-999999-before-out.tmp"
    folder.rename(aside)
    whole_folder.write(str(tmp_path / "other"), {"a.html": b"x"}, force=False)
    assert aside.exists(), "another folder's"
    ending_alike = tmp_path / ".navigator-999999-before-x-before-out.tmp"
    aside.rename(ending_alike)
    os.utime(ending_alike, (0, 0))
    whole_folder.write(str(tmp_path / "out"), {"a.html": b"x"}, force=False)
    assert ending_alike.exists(), "the folder x-before-out"
    whole_folder.write(str(tmp_path / "out"), {"a.html": b"x"}, force=True)
    shutil.rmtree(folder)
    ending_alike.rename(aside)
    with pytest.raises(RefusedError, match="--force to replace it"):
        whole_folder.write(str(folder), {"a.html": b"new"}, force=False)
    assert (folder / "a.html").read_bytes() == b"old"
    folder.rename(aside)
    whole_folder.write(str(folder), {"a.html": b"new"}, force=True)
    assert (folder / "a.html").read_bytes() == b"new"
    assert {f.name for f in tmp_path.iterdir()} == {"out", "other"}


def test_keys_that_look_alike_have_files_of_their_own() -> None:
    one = site_files._body_file(Key("hub:a/b c"), {"index.html"})
    other = site_files._body_file(Key("hub:a/b-c"), {"index.html", one})
    assert (one, other) == ("hub-a-b-c.html", "hub-a-b-c-1.html")


def test_a_hub_gives_its_schools(record: Path) -> None:
    service = Service(record / "data", records=record / "config")
    hub = service.body_meant("hub:maths-hub/east-midlands-west", DAY)
    urns = service.urns_of(hub, DAY)
    assert SCHOOL in urns
    listed = service.questions.bodies.schools(Key(hub.key), DAY)
    assert len(urns) == sum(place.schools for place, _ in listed.places)
    service.close()


CLICKED = """(() => { const heads = document.querySelectorAll('thead button');
const box = document.querySelector('input[type=search]');
const first = () => [...document.querySelectorAll('tbody tr')].find(r => !r.hidden).innerText;
heads[3].click(); const few = first(); heads[3].click(); const many = first();
const sorted = heads[3].closest('th').ariaSort;
box.value = 'PRIMARY ng8'; box.dispatchEvent(new Event('input'));
return JSON.stringify([few, many, sorted, document.querySelector('output').innerText,
[...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.innerText)])})()"""

STYLED = "getComputedStyle(document.querySelector('.name')).color != 'rgb(0, 0, 0)'"


async def test_from_a_disk_it_sorts_and_narrows_and_a_checker_finds_nothing(
    site: Path, tmp_path: Path
) -> None:
    """One browser for all of it: each start costs a second. The checker takes a second a hundred
    rows, so it has a folder of two schools."""
    few_schools = tmp_path / "two"
    assert export(str(SCHOOL), "122480", "--site", str(few_schools)) == 0
    found = browser()
    pytest.importorskip("axe_core_python", reason="axe-core-python isn't installed")
    axe = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
    checked = f"{axe};axe.run().then(r => JSON.stringify(r.violations.map(v => v.id)))"
    async with chromium.opened(found, (site / "index.html").as_uri()) as page:
        await page.until("document.querySelector('thead button')")
        assert await page.value(STYLED), "the styles came from the disk"
        few, many, sort, said, rows = json.loads(await page.value(CLICKED))
        assert sort == "descending"
        fewest, most = (int(row.split()[-1].replace(",", "")) for row in (few, many))
        assert 0 < fewest < most
        assert rows
        assert all("primary" in row.lower() and "NG8" in row for row in rows)
        assert said.startswith(f"{len(rows)} of ")
        await page.send("Page.setBypassCSP", enabled=True)
        for name in ("index", "why", f"school-{SCHOOL}", "hub-maths-hub-east-midlands-west"):
            await page.open((few_schools / f"{name}.html").as_uri(), width=390)
            assert json.loads(await page.value(checked)) == [], name
            assert await page.value("document.body.scrollWidth") <= 390, name
            if name.startswith("school"):
                assert json.loads(await page.value(SMALL)) == []
