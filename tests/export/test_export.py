"""navigator export, as a user meets it: files, refusals, what of the head's own is in them."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from navigator.cli import run
from navigator.core import cleaning, wording
from navigator.core.cleaning import cell
from navigator.core.landscape import Landscape
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.export import forms, page
from navigator.export.landscapes import (
    COLUMNS,
    LandscapeExport,
    landscape_markdown,
    landscape_text,
)
from navigator.register import Register
from navigator.service import Service
from navigator.storage import whole_file
from navigator.view.documents import sheet
from tests.core.test_wording import HOSTILE
from tests.ui.test_hostile import poisoned, replace

SCHOOL, OTHER, CLOSED = "139217", "122480", "122776"
DAY = ["--as-at", "2026-11-22"]
NAME = "Sneinton St Stephens CofE Primary School 139217"
SECRET = "They share their planning\nand sell their training"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def out(folders: Path) -> None:
    """Where exports go."""
    (folders / "out").mkdir()


@pytest.fixture(scope="module")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landscape]:
    folder = tmp_path_factory.mktemp("export")
    service = Service(folder / "data", records=folder / "record")
    yield service.landscape(int(SCHOOL), date(2026, 11, 22))
    service.close()


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "out").iterdir())


# --- the forms ---


@pytest.mark.parametrize(
    ("form", "suffix", "holds"),
    [
        ("html", "html", "<!DOCTYPE html>"),
        ("markdown", "md", "# Sneinton St Stephen's"),
        ("csv", "csv", "urn,school,reading,section"),
        ("json", "json", '{"schema": 1,'),
    ],
)
def test_a_folder_gets_a_file_that_navigator_names(
    folders: Path, capsys: Capture, form: str, suffix: str, holds: str
) -> None:
    assert run(["export", SCHOOL, f"--{form}", str(folders / "out"), *DAY]) == 0
    assert left(folders) == [f"{NAME}.{suffix}"]
    file = folders / "out" / f"{NAME}.{suffix}"
    assert holds in file.read_text("utf-8-sig")
    told = capsys.readouterr()
    assert told.out == f"Wrote {file}: Sneinton St Stephen's CofE Primary School.\n"
    assert "East Midlands West" in file.read_text("utf-8")


@pytest.mark.parametrize("form", ["html", "markdown", "csv", "json"])
def test_a_dash_prints_the_file_and_nothing_else(
    folders: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    assert run(["export", SCHOOL, f"--{form}", str(folders / "out" / "a"), *DAY]) == 0
    (file,) = (folders / "out").iterdir()
    capfdbinary.readouterr()
    assert run(["export", SCHOOL, f"--{form}", "-", *DAY]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == file.read_bytes()


def test_json_is_what_show_prints(folders: Path, capsys: Capture) -> None:
    run(["show", SCHOOL, "--json", *DAY])
    shown = capsys.readouterr().out
    run(["export", SCHOOL, "--json", str(folders / "out" / "a.json"), *DAY])
    assert (folders / "out" / "a.json").read_text("utf-8") == shown


def test_markdown_is_what_show_prints_but_for_partnerships_of_areas_alike(
    folders: Path, capsys: Capture
) -> None:
    run(["show", SCHOOL, "--markdown", "--why", *DAY])
    shown = capsys.readouterr().out
    run(["export", SCHOOL, "--markdown", str(folders / "out" / "a.md"), *DAY])
    text = (folders / "out" / "a.md").read_text("utf-8")
    shown, alike, after = shown.partition("### Alike: partnerships of statistical neighbours\n")
    shown += after[after.index("\n## ") + 1 :]
    assert alike
    assert text == shown.replace(wording.SAMPLE_NOTICE, wording.SAMPLE_MADE)
    assert "(6.1 mi, yours). <http://www.emwest.co.uk>" in text


def test_the_table_has_a_row_a_line_of_the_screen(folders: Path) -> None:
    run(["export", SCHOOL, "--csv", str(folders / "out" / "a.csv"), *DAY])
    with (folders / "out" / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    maths = next(r for r in rows if r["label"] == "Maths")
    assert maths["name"] == "East Midlands West"
    assert maths["distance"] == "6.1 mi"
    assert maths["claim"] == "Your area's hub"
    assert maths["kind"] == "Maths Hub"
    assert (maths["sureness"], maths["reach_of"]) == ("yours", "own")
    assert maths["reach"] == "http://www.emwest.co.uk"
    assert maths["confidence"].startswith("high")
    near = [r for r in rows if r["section"] == "Nearest primaries"]
    assert len(near) == 20
    assert near[0]["distance"] == "0.2 mi"
    assert near[0]["shares"].startswith("your Maths Hub")
    assert {r["urn"] for r in rows} == {SCHOOL}


# --- which schools ---


def test_several_schools_make_one_file(folders: Path, capsys: Capture) -> None:
    file = folders / "out" / "two.md"
    assert run(["export", SCHOOL, OTHER, "--markdown", str(file), *DAY]) == 0
    text = file.read_text("utf-8")
    assert text.startswith("# Schools: 2 schools\n")
    for urn in (SCHOOL, OTHER):
        assert f"(#urn-{urn})" in text
        assert f'<a id="urn-{urn}"></a>' in text
    assert "2 schools" in capsys.readouterr().out


@pytest.mark.parametrize("what", [["883"], ["swindon"], ["Swin"]])
def test_an_authority_by_code_or_name(folders: Path, capsys: Capture, what: list[str]) -> None:
    assert run(["export", *what, "--json", str(folders / "out"), *DAY]) in (0, 1)
    told = capsys.readouterr()
    if what == ["883"]:
        assert "No open state-funded school of Thurrock is in the sample" in told.err
        return
    assert left(folders) == ["Swindon 866.json"]
    lines = (folders / "out" / "Swindon 866.json").read_text("utf-8").splitlines()
    schools = [json.loads(line)["school"] for line in lines]
    assert len(schools) > 80
    assert {s["la"]["name"] for s in schools} == {"Swindon"}
    assert [s["name"].casefold() for s in schools] == sorted(s["name"].casefold() for s in schools)


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("transform trust", "Transform Trust"),
        ("Broxtowe", "Broxtowe"),
        ("flying high trust", "Flying High Trust"),
    ],
)
def test_every_school_of_another_body(
    folders: Path, capsys: Capture, what: str, named: str
) -> None:
    assert run(["export", what, "--json", str(folders / "out"), *DAY]) == 0
    assert f"{named} " in capsys.readouterr().out
    (file,) = (folders / "out").iterdir()
    assert len(file.read_text("utf-8").splitlines()) > 3


def test_a_school_by_its_name(folders: Path, capsys: Capture) -> None:
    file = folders / "out" / "s.json"
    assert run(["export", "Sneinton", "St", "Stephens", "--json", str(file), *DAY]) == 0
    assert json.loads(file.read_text("utf-8"))["school"]["urn"] == int(SCHOOL)


def test_bookmarked_schools_in_the_heads_order(folders: Path, capsys: Capture) -> None:
    file = folders / "out" / "b.json"
    assert run(["export", "bookmarks", "--json", str(file)]) == 1
    assert "No school is bookmarked yet" in capsys.readouterr().err
    for body in (OTHER, "la:892", CLOSED):
        assert run(["bookmark", body]) == 0
    assert run(["export", "bookmarks", "--json", str(file), *DAY]) == 0
    urns = [json.loads(line)["school"]["urn"] for line in file.read_text("utf-8").splitlines()]
    assert urns == [int(OTHER), int(SCHOOL)]  # the closed school's successor


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (["999999"], "isn't in the sample"),
        (["Atlantis"], "is no network of yours, local authority"),
        (["north"], "“north” fits several: North Tyneside (la:392), "),
        (["Northamptonshire"], "became North Northamptonshire and West Northamptonshire on 1"),
        (["\x1b[2J"], "is no network of yours"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    folders: Path, capsys: Capture, what: list[str], said: str
) -> None:
    assert run(["export", *what, "--html", str(folders / "out")]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert "\x1b" not in told
    assert left(folders) == []


def test_of_several_the_others_are_still_written(folders: Path, capsys: Capture) -> None:
    assert run(["export", SCHOOL, "999999", "--json", str(folders / "out" / "a"), *DAY]) == 1
    assert "URN 999999 isn't in the sample" in capsys.readouterr().err
    assert len((folders / "out" / "a.json").read_text("utf-8").splitlines()) == 1


# --- the head's own ---


def keep(capsys: Capture) -> None:
    run(["note", SCHOOL, SECRET])
    run(["bookmark", SCHOOL])
    contacts = Path(os.environ["NAVIGATOR_CONFIG_DIR"]) / "contacts.toml"
    contacts.write_text(
        '[[contact]]\nid = "c-1"\nrole = "Maths lead"\nname = "Ada Byron"\n'
        'reach = "ada@example.org"\nbodies = ["la:892 Nottingham"]\n',
        "utf-8",
    )
    capsys.readouterr()


@pytest.mark.parametrize("form", ["html", "markdown", "csv", "json"])
def test_notes_and_contacts_stay_out_unless_named(
    folders: Path, capsys: Capture, form: str
) -> None:
    keep(capsys)
    out = folders / "out"
    run(["export", SCHOOL, f"--{form}", str(out / "a"), *DAY])
    assert "It holds" not in capsys.readouterr().out
    run(["export", SCHOOL, f"--{form}", str(out / "n"), "--with", "notes", *DAY])
    assert "It holds your notes. Think who should see it." in capsys.readouterr().out
    both = ["--with", "contacts", "--with", "notes"]
    run(["export", SCHOOL, f"--{form}", str(out / "b"), *both, *DAY])
    without, notes, all_ = (file.read_text("utf-8") for n in "anb" for file in out.glob(f"{n}.*"))
    for words in ("share their planning", "sell their training"):
        assert words not in without
        assert words in notes
        assert words in all_
    for words in ("Ada Byron", "ada@example.org"):
        assert words not in without + notes
        assert words in all_
    assert "★" not in without + notes + all_
    if form in ("html", "markdown"):
        assert "Holds your" not in without
        assert "Holds your notes." in notes.partition("Stephen's CofE Primary School</h1>")[0]
        assert form == "html" or notes.startswith("**Holds your notes.**")
        assert "Holds your notes and contacts." in all_


def test_what_is_named_and_not_there_is_said(folders: Path, capsys: Capture) -> None:
    run(["export", SCHOOL, "--html", str(folders / "out"), "--with", "notes", *DAY])
    assert "You have no notes there, so it holds none." in capsys.readouterr().out


def test_a_note_with_markup_is_only_text(folders: Path, capsys: Capture) -> None:
    run(["note", SCHOOL, "<b>bold</b> =1+1 | [x](javascript:alert(1))"])
    for form, shown in (
        ("html", "&lt;b&gt;bold&lt;/b&gt; =1+1"),
        ("markdown", r"\<b\>bold\</b\> =1+1 \| \[x\](javascript"),
        ("csv", "<b>bold</b> =1+1 | [x](javascript"),
    ):
        file = folders / "out" / f"{form}.txt"
        run(["export", SCHOOL, f"--{form}", str(file), "--with", "notes", *DAY])
        assert shown in file.read_text("utf-8")


# --- writing ---


def test_a_file_that_is_there_stays_without_force(folders: Path, capsys: Capture) -> None:
    file = folders / "out" / "a.html"
    file.write_text("mine")
    command = ["export", SCHOOL, "--html", str(file), *DAY]
    assert run(command) == 1
    assert "is there already, so it stays as it is" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert run([*command, "--force"]) == 0
    assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert left(folders) == ["a.html"]


def test_a_slash_makes_a_folder_and_a_name_without_an_ending_gets_one(
    folders: Path, capsys: Capture
) -> None:
    out = folders / "out"
    assert run(["export", SCHOOL, "--html", f"{out}/new/", *DAY]) == 0
    assert run(["export", SCHOOL, "--csv", str(out / "mine"), *DAY]) == 0
    assert run(["export", SCHOOL, "--csv", str(out / "my.txt"), *DAY]) == 0
    assert left(folders) == ["mine.csv", "my.txt", "new"]
    assert [file.name for file in (out / "new").iterdir()] == [f"{NAME}.html"]
    assert f"Wrote {out / 'mine.csv'}: " in capsys.readouterr().out
    assert run(["export", SCHOOL, "--html", f"{out}/no/new/", *DAY]) == 1
    assert f"There is no folder {out / 'no'}." in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_one_sentence(folders: Path, capsys: Capture) -> None:
    (folders / "file").write_text("")
    for place, said in (
        (folders / "no" / "a.html", "There is no folder"),
        (folders / "file" / "a.html", "can't be written (Not a directory)"),
        (folders / "out" / f"{'x' * 300}.html", "can't be written"),
        (folders / "out" / "a\0b", "can't be written"),
    ):
        assert run(["export", SCHOOL, "--html", str(place), *DAY]) == 1
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1
    assert left(folders) == []


def test_a_disk_that_fills_up_leaves_what_was_there(
    folders: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folders / "out" / "a.html"
    file.write_text("mine")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run(["export", SCHOOL, "--html", str(file), "--force", *DAY]) == 1
    assert "can't be written (No space left on device)" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert left(folders) == ["a.html"]


def test_what_a_killed_export_left_is_swept_a_day_later(folders: Path) -> None:
    old, new = (folders / "out" / f".navigator-{n}.html.tmp" for n in (1, 2))
    for file in (old, new):
        file.write_text("half")
    os.utime(old, (0, 0))
    run(["export", SCHOOL, "--html", str(folders / "out" / "a.html"), *DAY])
    assert left(folders) == [new.name, "a.html"]


@pytest.mark.parametrize(
    ("name", "number", "made"),
    [
        ("Sneinton St Stephen's CofE Primary School", "139217", f"{NAME}.html"),
        ("CON", "", "Navigator CON.html"),
        ("nul", "", "Navigator nul.html"),
        ("St. Mary's: 'A' School?", "100000", "St Marys A School 100000.html"),
        ('a/b\\c<d>e|f*g"h', "", "a b c d e f g h.html"),
        ("trailing dots...", "", "trailing dots.html"),
        ("..", "", "Navigator.html"),
        ("x" * 400, "123456", f"{'x' * 80} 123456.html"),
        ("École élémentaire", "1", "École élémentaire 1.html"),
    ],
)
def test_names_of_files(name: str, number: str, made: str) -> None:
    assert whole_file.file_name(name, number, ".html") == made


@settings(max_examples=300, deadline=None)
@given(name=st.text(max_size=200), number=st.sampled_from(["", "123456"]))
@example(name="COM¹", number="")
@example(name="\u202elmth.exe", number="")
def test_any_name_makes_one_that_windows_takes(name: str, number: str) -> None:
    made = whole_file.file_name(name, number, ".html")
    stem = made.removesuffix(".html")
    assert stem == stem.strip(" .")
    assert stem.upper() not in whole_file.RESERVED
    assert not set(made) & set('<>:"/\\|?*')
    assert made.isprintable()
    assert len(made) <= 120


# --- the table ---


def as_table(landscape: Landscape) -> str:
    sheets = [sheet(landscape, today=date(2026, 11, 22))]
    return LandscapeExport(sheets, lambda _urn: None).data("csv").decode("utf-8-sig")


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=60))
@example(text="=1+1")
@example(text="'=1+1")
@example(text="@SUM(A1)")
@example(text='-2+3","\n')
def test_any_text_comes_back_from_the_table(landscape: Landscape, text: str) -> None:
    changed = poisoned(landscape, text)
    rows = list(csv.reader(io.StringIO(as_table(changed), newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert rows[1][1] == cell(cleaning.plain(text))
    assert rows[1][1].lstrip("'") == cleaning.plain(text).lstrip("'")
    for row in rows:
        assert not any(value[:1] in ("=", "+", "-", "@", "\t", "\r") for value in row if value)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t)[:20])
def test_hostile_text_makes_no_row_or_column_of_its_own(landscape: Landscape, text: str) -> None:
    changed = poisoned(landscape, text)
    data = as_table(replace(changed, nearby=()))
    assert "\x1b" not in data
    assert "\u202e" not in data
    assert {len(row) for row in csv.reader(io.StringIO(data, newline=""))} == {len(COLUMNS)}


def test_every_form_tells_how_a_hub_is_reached(landscape: Landscape) -> None:
    claim = next(c for c in landscape.hubs if c.programme.id == "maths-hub" and c.reach)
    assert claim.reach
    rows = csv.DictReader(io.StringIO(as_table(landscape), newline=""))
    row = next(r for r in rows if claim.hub and r["name"] == claim.hub.hub.name)
    assert (row["reach"], row["reach_of"]) == (claim.reach.website, claim.reach.of)
    assert "emwest.co.uk" in landscape_text(landscape)
    assert f"<{claim.reach.website}>" in landscape_markdown(landscape)
    day = date(2026, 11, 22)
    documents = LandscapeExport([sheet(landscape, today=day)], lambda _urn: None).documents()
    shown = page.draw(documents, day)
    assert f'<a href="{claim.reach.website}">emwest.co.uk</a>' in shown


def test_the_radius_of_the_settings_is_kept(folders: Path) -> None:
    (folders / "config").mkdir()
    (folders / "config" / "settings.toml").write_text('radius = 1.0\nunits = "km"\n')
    run(["export", SCHOOL, "--csv", str(folders / "out" / "a.csv"), *DAY])
    with (folders / "out" / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        near = [r for r in csv.DictReader(file) if r["section"] == "Nearest primaries"]
    assert 0 < len(near) < 20
    assert all(float(r["distance"].removesuffix(" km")) <= 1.0 for r in near)


# --- usage ---


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([SCHOOL, "--parquet", "x"], "is written with --html or --markdown or --csv or --json"),
        (["england", "--html", "x"], "is written with --csv or --json-lines or --parquet"),
        (["england", "--csv", "x", "--with", "notes"], "holds nothing of yours"),
        (["england", "--parquet", "-"], "Parquet"),
    ],
)
def test_forms_that_do_not_fit(
    folders: Path, capsys: Capture, arguments: list[str], said: str
) -> None:
    assert run(["export", *arguments]) == 1
    assert said in capsys.readouterr().err


def test_a_form_must_be_named(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left_with:
        run(["export", SCHOOL])
    assert left_with.value.code == 2
    assert "--html" in capsys.readouterr().err


def test_no_form_for_people_lists_partnerships_of_areas_alike(folders: Path) -> None:
    alike = "Learn Sheffield"
    file, site = folders / "out" / "one", folders / "out" / "site"
    for form in ("html", "markdown", "csv"):
        assert run(["export", SCHOOL, f"--{form}", f"{file}.{form}", *DAY]) == 0
        told = Path(f"{file}.{form}").read_text("utf-8")
        assert alike not in told, form
        assert "Nottingham Schools Trust" in told, form
    assert run(["export", SCHOOL, "--site", str(site), *DAY]) == 0
    assert not [page.name for page in site.rglob("*.html") if alike in page.read_text("utf-8")]
    assert run(["export", SCHOOL, "--json", f"{file}.json", *DAY]) == 0
    assert alike in Path(f"{file}.json").read_text("utf-8")  # which is the landscape itself


def test_what_governors_get_keeps_to_the_area_and_to_what_runs(england: Register) -> None:
    """Oldham's own partnership is closed; Manchester's is beside it and alike to it."""
    shown = Landscapes(england, open_directory()).landscape(105692, date(2026, 11, 22))
    made = sheet(shown, "miles", radius=None, parts=(), today=date(2026, 11, 22))
    of = LandscapeExport([made], england.get)
    html, markdown = (
        forms.make(forms.LANDSCAPE.files[form], of).decode() for form in ("html", "markdown")
    )
    for form in (html, markdown):
        assert "Alike: partnerships of statistical neighbours" not in form
    running, _, closed = html.partition("Closed: networks and partnerships that are over")
    closed_one = "Oldham Education Partnership (OEP)"
    assert closed_one not in running
    assert closed_one in closed
    assert "Pioneer Trust (Rochdale)" in running
    living, _, ended = html.partition("Ended: programmes that no longer run")
    assert "followed by" in ended.casefold()
    assert "Computing" not in living
