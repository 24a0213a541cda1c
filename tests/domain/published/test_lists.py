"""Published lists: 60 rows in five shapes understood alike, and each planted doubt told."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import paths
from navigator.core.errors import RefusedError
from navigator.core.model import Area, School
from navigator.directory import Directory, open_directory
from navigator.domain.published import people
from navigator.domain.published.cells import AreaCells
from navigator.domain.published.understood import UnderstoodList
from navigator.register import Register
from navigator.service import Service
from navigator.view import list_review
from tests.domain.published import made_list as made

DAY = date(2026, 11, 27)
MINE = 139217

SHAPES: dict[str, Callable[[list[made.MadeRow]], bytes | str]] = {
    "list.csv": made.as_csv,
    "list.xlsx": made.as_xlsx,
    "list.ods": made.as_ods,
    "page.html": made.as_page,
    "pasted": made.as_pasted,
}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return open_directory(paths.facts_dir())


@pytest.fixture(scope="module")
def rows(sample: Register, directory: Directory) -> list[made.MadeRow]:
    return made.made_rows(sample, directory)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:
    """On the sample, with nobody's facts."""
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    return Service()


def understood(
    service: Service, given: Path | str, programme: str = "maths-hub", **columns: str
) -> UnderstoodList:
    return service.understand_list(given, programme, source="", sheet="", columns=columns, day=DAY)


def written(tmp_path: Path, shape: str, rows: list[made.MadeRow]) -> Path | str:
    content = SHAPES[shape](rows)
    if isinstance(content, str):
        return content
    (tmp_path / shape).write_bytes(content)
    return tmp_path / shape


@pytest.mark.parametrize("shape", SHAPES)
def test_60_rows_are_understood_and_ten_doubts_told(
    service: Service, rows: list[made.MadeRow], tmp_path: Path, shape: str
) -> None:
    found = understood(service, written(tmp_path, shape, rows))
    right = [row for row in rows if row.hub]
    assert [hub.name for hub in found.hubs] == [row.hub for row in right]
    for hub, row in zip(found.hubs, right, strict=True):
        assert (hub.lead.urn if hub.lead else 0) == row.lead, row
        assert tuple(said.area.name for said in hub.areas) == row.areas, row
        assert hub.website == row.website, row
        assert hub.last_seen == "2026", row
        assert [d.text for d in hub.doubts if row.doubt not in d.text] == [], row
        assert bool(hub.doubts) == bool(row.doubt), row
    assert len(found.doubts) == 10
    assert len(found.lost) == 2
    shown = "\n".join(list_review.text(found))
    for row in rows:
        assert row.doubt in shown
    assert [c.head for c in found.layout.columns if not c.kind] == made.PEOPLE
    assert "Person Number" not in shown


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_kept_is_read_again_as_it_was_understood(
    service: Service, rows: list[made.MadeRow], tmp_path: Path, shape: str
) -> None:
    found = understood(service, written(tmp_path, shape, rows))
    service.keep_list(found)
    held = service.directory.listed("maths-hub")
    right = [row for row in rows if row.hub]
    assert [hub.name for hub in held] == [row.hub for row in right]
    assert [hub.lead_urns for hub in held] == [(r.lead,) if r.lead else () for r in right]
    assert [tuple(a.name for a in hub.areas) for hub in held] == [r.areas for r in right]
    assert {hub.as_of for hub in held} == {DAY}
    sources = {"page.html": "https://hubs.example.org/list/", "pasted": "a list that was pasted"}
    assert {hub.source for hub in held} == {sources.get(shape, f"the file {shape}")}
    kept = (paths.own_facts_dir() / "lists" / "maths-hub.csv").read_text("utf-8")
    assert "Person" not in kept
    assert "person" not in kept


# --- beside ours ---

LIST = """\
Maths hub\tLead school\tURN\tAreas
Trent Maths Hub\tSneinton St Stephen's CofE Primary School\t139217\tNottingham
"""


def test_a_list_stands_before_ours_which_stay_beneath(service: Service) -> None:
    before = {c.programme.id: c for c in service.landscape(MINE, DAY).hubs}["maths-hub"]
    service.keep_list(understood(service, LIST))
    landscape = service.landscape(MINE, DAY)
    claim = {c.programme.id: c for c in landscape.hubs}["maths-hub"]
    assert claim.hub is not None
    assert claim.hub.hub.name == "Trent Maths Hub"
    assert claim.why.startswith("By the list that you took in on 27 November 2026: Trent Maths")
    assert claim.source == "a list that was pasted"
    assert claim.published == before
    page = service.page(claim.hub.hub.key, landscape, DAY, "miles")
    assert page.title == "Trent Maths Hub"
    shown = "\n".join(e.text for section in page.sections for e in section.entries)
    assert "as your list says: the one that you took in on 27 November 2026" in shown
    assert "an official list" not in shown
    # Of an area that it doesn't name, ours is told as ever
    other = next(
        urn
        for urn in service.register.open_urns()
        if (s := service.register.get(urn)) and s.la_name == "Nottinghamshire"
    )
    claim = {c.programme.id: c for c in service.landscape(other, DAY).hubs}["maths-hub"]
    assert claim.hub is not None
    assert not claim.hub.hub.listed
    assert claim.published is None


def test_a_list_is_undone_to_the_one_before_and_to_ours(service: Service) -> None:
    service.keep_list(understood(service, LIST))
    service.keep_list(understood(service, LIST.replace("Trent", "Soar")))
    assert [hub.name for hub in service.directory.listed("maths-hub")] == ["Soar Maths Hub"]
    assert service.undo_list("maths-hub") == (True, "Maths Hub")
    assert [hub.name for hub in service.directory.listed("maths-hub")] == ["Trent Maths Hub"]
    assert service.undo_list("maths-hub") == (True, "Maths Hub")
    assert [hub.name for hub in service.directory.listed("maths-hub")] == ["Soar Maths Hub"]


def test_the_first_list_is_undone_to_ours_alone(service: Service) -> None:
    with pytest.raises(RefusedError, match="nothing to go back to"):
        service.undo_list("maths-hub")
    service.keep_list(understood(service, LIST))
    assert service.undo_list("maths-hub") == (False, "Maths Hub")
    assert service.directory.listed("maths-hub") == ()


def test_the_same_list_again_leaves_the_way_back(service: Service) -> None:
    service.keep_list(understood(service, LIST))
    service.keep_list(understood(service, LIST.replace("Trent", "Soar")))
    service.keep_list(understood(service, LIST.replace("Trent", "Soar")))
    assert service.undo_list("maths-hub") == (True, "Maths Hub")
    assert [hub.name for hub in service.directory.listed("maths-hub")] == ["Trent Maths Hub"]


def test_a_hub_of_ours_keeps_its_id(service: Service) -> None:
    ours = next(h for h in service.directory.hubs("maths-hub") if h.name == "East Midlands West")
    found = understood(service, "Hub\tAreas\nThe East Midlands West Maths Hub\tDerby\n")
    assert (found.hubs[0].id, found.hubs[0].known) == (ours.id, True)


def test_rows_of_one_hub_are_one(service: Service) -> None:
    lines = "Hub\tLead school\tURN\tDistrict\n" + "".join(
        f"Trent\tSneinton St Stephens\t139217\t{area}\n"
        for area in ("Gedling", "Derby", "Mansfield")
    )
    (hub,) = understood(service, lines).hubs
    assert [said.area.name for said in hub.areas] == ["Gedling", "Derby", "Mansfield"]
    assert hub.lines == [2, 3, 4]
    assert not hub.doubts


def test_two_hubs_that_claim_one_area_are_told(service: Service) -> None:
    found = understood(service, "Hub\tAreas\nTrent\tDerby\nSoar\tDerby\nWye\tLeicester (north)\n")
    assert [d.text for d in found.doubts] == [
        "Derby is said to be Trent's, too: both are kept, as one of two"
    ]
    assert found.hubs[2].areas[0].part == "north"


def schools(service: Service, number: int) -> list[School]:
    """Open schools, each the only one of its name, of several authorities."""
    return made.schools_of_one_name(service.register)[:: 400 // number][:number]


@pytest.mark.parametrize("programme", ["attendance-behaviour-hub", "maths-hub"])
def test_where_the_lead_schools_are_is_not_where_the_hubs_work(
    service: Service, programme: str
) -> None:
    lines = ["School\tRegion\tLocal authority\tPhase"]
    lines += [f"{s.name}\t{s.region}\t{s.la_name}\t{s.phase}" for s in schools(service, 8)]
    found = understood(service, "\n".join(lines), programme)
    assert [hub.lead and hub.lead.urn for hub in found.hubs] == [s.urn for s in schools(service, 8)]
    assert [hub.areas for hub in found.hubs] == [[]] * 8
    assert {hub.region for hub in found.hubs} == {s.region for s in schools(service, 8)}
    if programme == "maths-hub":
        (doubt,) = found.doubts
        assert "“Local authority” is where each lead school is" in doubt.text
        said = understood(service, "\n".join(lines), programme, areas="Local authority")
        assert all(hub.areas for hub in said.hubs)
    else:
        assert not found.doubts
        assert dict(list_review.columns(found))["Local authority"] == "the lead school's authority"


MIXED = """\
Hub,Lead school,Areas
Trent,139217,Nottingham
Soar,URN 139217,Leicester
Wye,Sneinton St Stephen's CofE Primary School (139217),Derby
Dove,None Such School,Derbyshire
Erewash,Quixotic Academy (URN: 139217),Rutland
Leen,999999,Nottinghamshire
"""


@pytest.mark.parametrize("rows", [6, 4, 3])  # of which some, half or most are bare numbers
def test_a_urn_beside_names_is_read_and_what_is_in_doubt_is_an_empty_cell(
    service: Service, rows: int
) -> None:
    name = "Sneinton St Stephen's CofE Primary School"
    found = understood(service, "\n".join(MIXED.splitlines()[: rows + 1]), "english-hub")
    service.keep_list(found)
    with (paths.own_facts_dir() / "lists" / "english-hub.csv").open(encoding="utf-8") as kept:
        held = {row["hub"]: (row["lead_school"], row["lead_urns"]) for row in csv.DictReader(kept)}
    right = dict.fromkeys(("Trent", "Soar", "Wye"), (name, "139217"))
    wrong = dict.fromkeys(("Dove", "Erewash", "Leen")[: rows - 3], ("", ""))
    assert held == right | wrong
    doubts = [
        "no open school is called “None Such School”",
        f"URN 139217 is {name}, not “Quixotic Academy”",
        "URN 999999 isn't on the register in use",
    ]
    assert [doubt.text for doubt in found.doubts] == doubts[: rows - 3]
    assert "by name only" not in "\n".join(list_review.text(found))


def test_a_line_whose_only_name_is_in_doubt_is_not_kept(service: Service) -> None:
    lines = "Lead school,Areas\nSneinton St Stephen's CofE Primary School,Derby\nNone Such School,"
    found = understood(service, lines, "english-hub")
    assert [hub.lead and hub.lead.urn for hub in found.hubs] == [MINE]
    (doubt,) = found.lost
    assert doubt.text == "no open school is called “None Such School”: it isn't kept"


def test_of_three_leads_of_one_hub_none_is_kept(service: Service) -> None:
    urns = (MINE, *[s.urn for s in schools(service, 2)])
    lines = "Hub,URN,Areas\n" + "".join(f"Trent,{urn},Derby\n" for urn in urns)
    (hub,) = understood(service, lines).hubs
    assert (hub.lead, hub.lead_name) == (None, "")


PEOPLE_IN_IT = """\
Hub,Lead school,URN,Areas,Website
Mr John Brown,Mr John Brown,,Leeds (Ms Ann Lee),https://a.example
Mrs Ann Lee,Sneinton St Stephen's CofE Primary School (Mr John Brown),139217,Leeds (Ms Ann Lee),
Trent Hub - Dr Ann Lee,,,Derby (Ann Lee),https://b.example/?q=jane@doe
"Soar Hub, tel. 0115 496 0000",,,Derby (north),https://c.example/?tel=01154960000
Wye Hub jane@doe.example,,,Essex (Basildon and Thurrock),https://d.example/?to=jane%40doe
Sir John Leman School Hub,,,Kent (less Ashford),https://e.example
"""


def test_of_people_in_cells_nothing_is_kept(service: Service) -> None:
    found = understood(service, PEOPLE_IN_IT, "english-hub")
    service.keep_list(found)
    file = paths.own_facts_dir() / "lists" / "english-hub.csv"
    kept = file.read_text("utf-8")
    for word in ("Brown", "brown", "Ann", "ann-", "Lee;", "Lee,", "jane", "doe", "496", "01154"):
        assert word not in kept, word
    assert [lost.line for lost in found.lost] == [2, 4]
    assert "“Mr John Brown” may name a person" in found.lost[0].text
    assert "“Trent Hub - Dr Ann Lee” may name a person" in found.lost[1].text
    with file.open(encoding="utf-8") as rows:
        told = {row["hub"]: row for row in csv.DictReader(rows)}
    sneinton = "Sneinton St Stephen's CofE Primary School"
    soar, wye, leman = "Soar Hub", "Wye Hub", "Sir John Leman School Hub"
    assert list(told) == [sneinton, soar, wye, leman]
    assert told[sneinton]["lead_school"] == sneinton
    assert told[sneinton]["part"] == ""
    assert told[soar]["part"] == "Derby: north"
    assert told[wye]["part"] == "Essex: Basildon and Thurrock"
    assert told[leman]["website"] == "https://e.example"
    assert [row["confidence"] for row in told.values()] == ["medium", "medium", "medium", "high"]
    assert [bool(hub.doubts) for hub in found.hubs] == [True, True, True, False]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Mr. John Brown", ""),
        ("The Rev Ann Lee", ""),
        ("Oak Hub (Ms Lee)", ""),
        ("Oak Hub Mr Brown", ""),
        ("Oak Hub Dr Ann Lee", ""),
        ("Oak Hub and Miss Ann Lee", ""),
        ("Contact: Prof. A Lee", ""),
        ("Oak Hub Tel 496 0000", "Oak Hub"),
        ("Oak Hub +44 115 496 0000", "Oak Hub"),
        ("Oak Hub (0115) 496-0000", "Oak Hub"),
        ("Oak Hub <jane@doe.example>", "Oak Hub"),
        ("Oak Hub 2024-2025", "Oak Hub 2024-2025"),
        ("Mrs Mary King's CofE (Controlled) Primary School", None),
        ("Dr Challoner's Grammar School", None),
    ],
)
def test_what_is_kept_of_a_hubs_name(name: str, kept: str | None) -> None:
    told, doubts = people.of_a_name(name)
    assert told == (name if kept is None else kept)
    assert bool(doubts) == (told != name)


def test_no_school_on_the_sample_or_hub_of_ours_is_taken_for_a_person(
    sample: Register, directory: Directory
) -> None:
    names = [school.name for urn in sample.open_urns() if (school := sample.get(urn))]
    names += [hub.name for p in directory.programmes for hub in directory.hubs(p.id)]
    assert len(names) > 800
    assert [name for name in names if people.of_a_name(name)[1]] == []


def test_a_part_in_words_that_are_not_known_is_kept_as_one(service: Service) -> None:
    (hub,) = understood(service, "Hub,Areas\nTrent,Derby (Ann Lee)\n", "english-hub").hubs
    assert [said.part for said in hub.areas] == ["perhaps in part"]
    (doubt,) = hub.doubts
    assert "“Ann Lee” behind Derby is no part that is known" in doubt.text


# --- columns and lines ---


def test_lines_with_labels_become_rows(service: Service) -> None:
    pasted = (
        "Trent Maths Hub\nLead school: Sneinton St Stephen's CofE Primary School, Nottingham\n"
        "Areas: Nottingham and Derby\nContact: Person Name\n\n"
        "Soar Maths Hub\nLead school: None Such School\nAreas: Leicester\n"
    )
    trent, soar = understood(service, pasted).hubs
    assert trent.lead is not None
    assert trent.lead.urn == MINE
    assert [said.area.name for said in trent.areas] == ["Nottingham", "Derby"]
    assert soar.lead is None
    assert "no open school is called “None Such School”" in soar.doubts[0].text


def test_a_page_of_headings_becomes_rows(service: Service, tmp_path: Path) -> None:
    (tmp_path / "hubs.html").write_text(
        "<html><body><h1>Hubs</h1><h3>Trent Maths Hub</h3><dl><dt>Lead school</dt>"
        "<dd>Sneinton St Stephen's CofE Primary School</dd><dt>Areas</dt><dd>Nottingham</dd></dl>"
        "<h3>Soar Maths Hub</h3><p>Areas: Leicester</p></body></html>"
    )
    trent, soar = understood(service, tmp_path / "hubs.html").hubs
    assert (trent.name, trent.lead and trent.lead.urn) == ("Trent Maths Hub", MINE)
    assert [said.area.name for said in soar.areas] == ["Leicester"]


def test_columns_without_heads_are_told_by_what_they_hold(service: Service) -> None:
    pasted = "Trent Hub\t139217\tDerby; Nottingham\twww.x.org\nSoar Hub\t\tLeicester\twww.y.org\n"
    trent, soar = understood(service, pasted).hubs
    assert (trent.name, trent.lead and trent.lead.urn) == ("Trent Hub", MINE)
    assert (soar.website, [s.area.name for s in soar.areas]) == ("https://www.y.org", ["Leicester"])


def test_a_column_is_named_where_it_isnt_seen(service: Service) -> None:
    pasted = "What\tPlace of work\nTrent\tDerby\nSoar\tXyz\n"
    with pytest.raises(RefusedError, match="No column names a hub or a lead school"):
        understood(service, pasted.replace("What", "Quux"))
    found = understood(service, pasted.replace("What", "Quux"), hub="Quux", areas="2")
    assert [hub.name for hub in found.hubs] == ["Trent", "Soar"]
    with pytest.raises(RefusedError, match="There is no column “Nope”"):
        understood(service, pasted, hub="Nope")
    with pytest.raises(RefusedError, match="is nothing that a column may say"):
        understood(service, pasted, boss="What")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Bournemouth, Christchurch and Poole, Dorset",
            ["Bournemouth, Christchurch and Poole", "Dorset"],
        ),
        ("Bristol, City of; Leeds City Council", ["Bristol, City of", "Leeds"]),
        ("Derby and Derbyshire", ["Derby", "Derbyshire"]),
        ("Brighton & Hove, East Sussex and Kent", ["Brighton and Hove", "East Sussex", "Kent"]),
        (
            "Telford & Wrekin\nHerefordshire, County of",
            ["Telford and Wrekin", "Herefordshire, County of"],
        ),
        ("London Borough of Camden", ["Camden"]),
    ],
)
def test_areas_as_people_write_them(directory: Directory, text: str, names: list[str]) -> None:
    found, doubts, _ = AreaCells(directory).read(text)
    assert doubts == []
    assert [said.area.name for said in found] == names


def test_an_area_whose_name_holds_commas_may_have_one_more(directory: Directory) -> None:
    found, doubts, _ = AreaCells(directory).read("Bournemouth, Christchurch, and Poole, Dorset")
    assert doubts == []
    assert [said.area.name for said in found] == ["Bournemouth, Christchurch and Poole", "Dorset"]


@pytest.mark.parametrize("between", [", ", " and "])
def test_a_cell_of_many_names_is_read_in_its_length(directory: Directory, between: str) -> None:
    """Not in its cube: 300 names that nobody knows took a minute."""
    cells = AreaCells(directory)
    looked = 0
    known_as = cells._area

    def counted(name: str) -> Area | None:
        nonlocal looked
        looked += 1
        return known_as(name)

    cells._area = counted  # type: ignore[assignment]  # a counter stands in for it
    found, doubts, _ = cells.read(between.join(f"Nowhere {n}" for n in range(300)))
    assert (found, bool(doubts)) == ([], True)
    assert looked < 2_000
    found, _, _ = cells.read("Derby and " * 2_000 + "Leeds")
    assert [said.area.name for said in found] == ["Derby", "Leeds"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("East Midlands Wst\tNottingham\n", "did you mean “East Midlands West”?"),
        ("East Midlands Wst\tDerby\nEast Midlands West\tNottingham\n", ""),
        ("Brand New Hub\tNottingham\n", ""),
    ],
)
def test_a_new_hub_that_may_be_one_of_ours_mistyped(
    service: Service, lines: str, said: str
) -> None:
    found = understood(service, f"Hub\tLocal authorities\n{lines}")
    told = [doubt.text for doubt in found.doubts if "new to our table" in doubt.text]
    assert len(told) == bool(said)
    assert said in "".join(told)


# --- on the command line ---


def test_the_command_shows_keeps_and_undoes(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hubs.csv"
    file.write_text(LIST.replace("\t", ",") + "Soar,,,Leycester\n")
    asked = ["facts", "import", str(file), "--programme", "maths-hub"]
    assert run([*asked, "--check"]) == 0
    said = capsys.readouterr().out
    assert "2 hubs understood" in said
    assert "? line 3: no area is called “Leycester”: did you mean “Leicester”?" in said
    assert "Nothing was kept." in said
    assert run(asked) == 1, "there is nobody to ask"
    assert "nothing was kept" in capsys.readouterr().err
    assert not (paths.own_facts_dir() / "lists").exists()
    assert run([*asked, "--keep", "--source", "https://hubs.example.org"]) == 0
    with (paths.own_facts_dir() / "lists" / "maths-hub.csv").open(encoding="utf-8") as kept:
        first, second = csv.DictReader(kept)
    assert (first["source"], second["areas"]) == ("https://hubs.example.org", "")
    assert run(["status"]) == 0
    assert "Maths Hub: your list, 2 hubs, taken in on" in capsys.readouterr().out
    assert run(["facts", "import", "--undo", "--programme", "maths-hub"]) == 0
    assert "Navigator's facts alone stand" in capsys.readouterr().out
    assert run(["facts", "import", "x.csv", "--programme", "nope", "--check"]) == 1
    assert "There is no programme “nope”" in capsys.readouterr().err
