"""The check of facts: our own have no fault, and a fault of each kind is named where it is."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from navigator.core.paths import facts_dir
from navigator.directory.check import FactFault, check
from navigator.directory.leads import LeadFound

REGISTRY = """\
[[programme]]
id = "chess-hub"
name = "Chess Hub"
rule = "area"
valid_from = "2024-01"
source = "Own knowledge"
replaced_by = "maths-hub"
"""
HEAD = (
    "id,hub,role,lead_urns,areas,area_kind,part,part_districts,seat,region,website,"
    "valid_from,valid_to,second_row,source,as_of,confidence"
)
ROWS = (
    "trent,Trent,,100000;100001,Derby;Nottinghamshire,LA,Nottinghamshire: the west,"
    "Nottinghamshire=only Broxtowe|Ashfield,Derby,East Midlands,https://chess.example,"
    "2024-01,2026-12,,Own knowledge,2026-11-22,high",
    "soar,Soar,,,Leicester,LA,,,,East Midlands,,2024-01,,,Own knowledge,2026-11-22,high",
    "soar,Soar,,,Rutland,LA,,,,East Midlands,,2024-01,,yes,,2026-11-22,low",
)
TABLE = "\n".join((HEAD, *ROWS)) + "\n"
CHESS = "programmes/chess-hub.csv"


def own(folder: Path, registry: str = REGISTRY, table: str | bytes = TABLE) -> Path:
    """A user's own folder."""
    (folder / "programmes").mkdir()
    (folder / "programmes.toml").write_text(registry, encoding="utf-8")
    (folder / CHESS).write_bytes(table if isinstance(table, bytes) else table.encode())
    return folder


def with_cell(text: str, line: int, column: str, value: str) -> str:
    """A table with another value in one cell; a row stands in one line."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[line - 1][rows[0].index(column)] = value
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()


def only(faults: list[FactFault]) -> tuple[str, int | None, str, str]:
    (fault,) = faults
    return fault.file, fault.line, fault.column, fault.problem


# --- what has no fault ---------------------------------------------------------------------------


def test_our_own_facts_have_no_fault() -> None:
    assert check(facts_dir()) == []


def test_a_sound_folder_of_ones_own_has_no_fault(tmp_path: Path) -> None:
    assert check(own(tmp_path)) == []


# --- a table of hubs: one fault each -------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "value", "words"),
    [
        (2, "areas", "Derbi;Nottinghamshire", "“Derbi” is no local authority or district; did you"),
        (3, "areas", "Kettering", "it is part of North Northamptonshire today"),
        (3, "areas", "Qqqq", "see authorities.csv"),
        (3, "areas", "Derby", "“Soar” and “Trent” (line 2) both have Derby at one time"),
        (3, "areas", "Broxtowe", "both have Broxtowe at one time"),
        (3, "areas", "Nottinghamshire", "both have Ashfield, Broxtowe at one time"),
        (2, "part", "Derbyshire: the west", "must read “Area: which part”"),
        (2, "part_districts", "Nottinghamshire=only Brockstowe", "did you mean “Broxtowe”?"),
        (2, "seat", "Darby", "“Darby” is no local authority or district; did you mean “Derby”"),
        (2, "region", "Midlands", "must be one of: "),
        (2, "valid_from", "Jan-24", "“Jan-24” is no date; write 2024-09-01"),
        (2, "valid_from", "2024-02-30", "is no date"),
        (2, "valid_to", "2023", "“2023” comes before valid_from “2024-01”"),
        (2, "as_of", "", "is empty"),
        (2, "source", "", "name the source, or write low"),
        (2, "confidence", "sure", "“sure” must be high, medium, low"),
        (2, "confidence", "", "write high, medium or low"),
        (2, "area_kind", "town", "“town” must be LA, district"),
        (2, "role", "boss", "must be associate, satellite or empty"),
        (2, "lead_urns", "10000x", "is no URN"),
        (2, "website", "ftp://chess.example", "must begin with https://"),
        (2, "website", "https://chess", "is no address of a website"),
        (2, "website", "https://http:www.chess.example", "is no address of a website"),
        (2, "website", "https://office@chess.example", "is an e-mail address"),
        (2, "areas", "Derby;Nottinghamshire;derby", "“Derby” stands there twice"),
        (4, "areas", "Leicester", "line 3 claims Leicester for “Soar” too; keep the area in one"),
        (2, "id", "", "is needed"),
        (2, "hub", "", "no lead school is named either"),
        (2, "hub", "Tr\x07ent", "a character that can't be seen (U+0007)"),
        (3, "hub", "So\u202ear", "(U+202E)"),
        (3, "id", "trent", "“trent” stands in line 2 too"),
        (4, "second_row", "maybe", "must be yes or empty"),
        (4, "id", "wye", "“wye” has no other row"),
    ],
)
def test_a_fault_of_a_cell(tmp_path: Path, line: int, column: str, value: str, words: str) -> None:
    faults = check(own(tmp_path, table=with_cell(TABLE, line, column, value)))
    # Row 4 is more of row 3's hub, so it is at a loss where that has another id.
    if (line, column, value) == (3, "id", "trent"):
        assert faults.pop().line == 4
    file, *place, problem = only(faults)
    assert (file, *place) == (CHESS, line, column)
    assert words in problem


def test_rows_of_one_hub_are_marked(tmp_path: Path) -> None:
    table = with_cell(TABLE, 4, "second_row", "")
    file, line, column, problem = only(check(own(tmp_path, table=table)))
    assert (file, line, column) == (CHESS, 4, "id")
    assert problem.startswith("“soar” stands in line 3 too; give the row another, or write yes")


def test_hubs_may_share_an_area_in_parts_or_one_after_the_other(tmp_path: Path) -> None:
    shared = with_cell(TABLE, 3, "areas", "Nottinghamshire")
    split = with_cell(shared, 3, "part_districts", "Nottinghamshire=except Broxtowe|Ashfield")
    later = with_cell(shared, 3, "valid_from", "2027-01")
    low = with_cell(shared, 3, "confidence", "low")
    for number, table in enumerate((split, later, low)):
        (tmp_path / str(number)).mkdir()
        assert check(own(tmp_path / str(number), table=table)) == []


@pytest.mark.parametrize(
    ("table", "line", "column", "words"),
    [
        (TABLE + ROWS[2] + "\n", 5, "id", "says the same as line 4"),
        (TABLE.replace("Trent,", "Trent,,", 1), 2, "", "has 18 cells where the heading has 17"),
        (TABLE.replace("confidence", "confidense"), 1, "confidence", "is missing"),
        (TABLE.replace("Soar", "So\xe4r", 1).encode("latin-1"), 3, "", "isn't UTF-8"),
        (TABLE.replace("Soar", '"Soar', 1), 4, "", "isn't a table"),
        ("", 1, "", "is empty"),
        (TABLE.replace("hub", "h\u200bub", 1), 1, "hub", "(U+200B)"),
        (HEAD + "\n\n" + "x,y\n" * 2, 3, "", "has 2 cells"),
    ],
)
def test_a_fault_of_a_table(
    tmp_path: Path, table: str | bytes, line: int, column: str, words: str
) -> None:
    fault = check(own(tmp_path, table=table))[0]
    assert (fault.file, fault.line, fault.column) == (CHESS, line, column)
    assert words in fault.problem


def test_every_fault_is_told_and_in_order(tmp_path: Path) -> None:
    table = TABLE
    for line, column, value in (
        (2, "areas", "Derbi;Notinghamshire"),
        (2, "part", ""),
        (2, "part_districts", ""),
        (2, "valid_to", "soon"),
        (3, "website", "javascript:x"),
        (4, "confidence", "sure"),
    ):
        table = with_cell(table, line, column, value)
    registry = REGISTRY.replace('"2024-01"', '"whenever"').replace('"area"', '"any"')
    faults = check(own(tmp_path, registry, table))
    assert [(f.file, f.line, f.column) for f in faults] == [
        ("programmes.toml", 4, "rule"),
        ("programmes.toml", 5, "valid_from"),
        (CHESS, 2, "areas"),
        (CHESS, 2, "areas"),
        (CHESS, 2, "valid_to"),
        (CHESS, 3, "website"),
        (CHESS, 4, "confidence"),
        (CHESS, 4, "source"),  # which only a low row may lack
    ]
    assert str(faults[4]) == (
        f'{CHESS}, line 2, column "valid_to": “soon” is no date; write 2024-09-01, 2024-09 or 2024'
    )


# --- lead schools --------------------------------------------------------------------------------


def test_lead_schools_are_looked_up(tmp_path: Path) -> None:
    asked: list[int] = []

    def lead(urn: int) -> LeadFound | None:
        asked.append(urn)
        return LeadFound(("Trent School",), is_open=False) if urn == 100001 else None

    unknown, closed = check(own(tmp_path), lead=lead, register_name="the sample")
    assert asked == [100000, 100001]
    assert (unknown.file, unknown.line, unknown.column) == (CHESS, 2, "lead_urns")
    assert unknown.problem == "100000 isn't in the sample; look the school up by its name"
    assert (closed.file, closed.line, closed.column) == (CHESS, 2, "lead_urns")
    assert closed.problem.startswith("100001 is closed in the sample and no successor is open;")
    assert check(tmp_path, lead=lambda _: LeadFound(("Trent School",), is_open=True)) == []


def test_a_lead_that_closed_is_told_with_the_school_that_followed_it(tmp_path: Path) -> None:
    followed = LeadFound(("Trent School",), False, ((900001, "Trent Academy"),))
    faults = check(own(tmp_path), lead=lambda _: followed, register_name="England")
    assert [f.problem for f in faults] == [
        f"{urn} is closed in England; 900001 Trent Academy followed it: write that number"
        for urn in (100000, 100001)
    ]


def test_a_lead_of_another_name_is_told(tmp_path: Path) -> None:
    table = TABLE.replace("role,", "role,lead_school,").replace(
        "trent,Trent,,", 'trent,Trent,,"St John\'s Primary School, Derby",'
    )
    table = table.replace("Soar,,", "Soar,,,")
    other = LeadFound(("Saint Anne's CofE Primary School",), is_open=True)
    (fault, _) = check(own(tmp_path, table=table), lead=lambda _: other, register_name="England")
    assert fault.column == "lead_urns"
    assert fault.problem.startswith(
        "100000 is Saint Anne's CofE Primary School in England, not “St"
    )
    same = LeadFound(("St John's CofE Primary School",), is_open=True)
    assert check(tmp_path, lead=lambda _: same) == []


def test_the_lead_of_a_hub_that_is_over_may_have_closed(tmp_path: Path) -> None:
    table = with_cell(TABLE, 2, "valid_to", "2025-08")
    assert check(own(tmp_path, table=table), lead=lambda _: LeadFound(("T",), is_open=False)) == []


# --- the registry --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ('source = "Own knowledge"\n', "", 2, "source", "is missing; say where"),
        ('"maths-hub"', '"math-hub"', 7, "replaced_by", "“math-hub” is no programme"),
        ('source = "', 'valid_to = "2023"\nsource = "', 6, "valid_to", "before valid_from"),
        ('source = "', 'covers = "some"\nsource = "', 6, "covers", "must be “every district”"),
        ('source = "', 'finder_url = "x"\nsource = "', 6, "finder_url", "must begin with https"),
        ('source = "', 'finder_url = "https://x"\nsource = "', 6, "finder_url", "no address of"),
        ('source = "', 'old_years = -1\nsource = "', 6, "old_years", "must be a number of years"),
        ('"Chess Hub"', "5", 3, "name", "must be text in quotes"),
        ('"Chess Hub"', '"Chess\x02 Hub"', 3, "", "(U+0002)"),
        ('rule = "', 'need = "Chess for everybody"\nrule = "', 4, "need", "too long for its row"),
        ("[[programme]]", "[[programme]", 1, "12", "Expected"),
    ],
)
def test_a_fault_of_the_registry(
    tmp_path: Path, *, old: str, new: str, line: int, column: str, words: str
) -> None:
    assert old in REGISTRY
    file, at, field, problem = only(check(own(tmp_path, REGISTRY.replace(old, new, 1))))
    # A field that is missing has no line of its own: its entry's first one is named.
    assert (file, field) == ("programmes.toml", column)
    assert at == (1 if column == "source" else line)
    assert words in problem


def test_no_registry_and_no_folder(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        file, line, column, problem = only(check(folder))
        assert (file, line, column) == ("programmes.toml", None, "")
        assert problem.startswith("isn't there")


def test_a_table_that_is_missing_and_tables_that_nobody_names(tmp_path: Path) -> None:
    own(tmp_path)
    (tmp_path / CHESS).rename(tmp_path / "programmes" / "ches-hub.csv")
    (tmp_path / "networks.csv").write_text("id\n", encoding="utf-8")
    stray_network, stray, missing = check(tmp_path)
    assert (missing.file, missing.line) == (CHESS, None)
    assert "can't be read" in missing.problem
    assert (stray.file, stray.line) == ("programmes/ches-hub.csv", None)
    assert (stray_network.file, stray_network.line) == ("networks.csv", None)
    assert "no programme in programmes.toml names it" in stray.problem


def test_an_id_of_ours_is_taken(tmp_path: Path) -> None:
    registry = REGISTRY.replace('id = "chess-hub"', 'id = "maths-hub"')
    fault = check(own(tmp_path, registry))[0]
    assert (fault.file, fault.line, fault.column) == ("programmes.toml", 2, "id")


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("16 plus", "17 plus", "17 plus", "“17 plus” is no phase; write one of: nursery, primary"),
        ('"careers-hub", "music', '"career", "music', "secondary", "“career” is no programme"),
        ('"careers-hub", "music', '"maths-hub", "music', "secondary", "a programme twice"),
        ("secondary = [", "secondary = [5, ", "secondary", "must list ids of programmes"),
    ],
)
def test_a_fault_of_the_order_of_needs(
    ours: Path, old: str, new: str, column: str, words: str
) -> None:
    registry = ours / "programmes.toml"
    text = registry.read_text("utf-8").replace(old, new, 1)
    registry.write_text(text, "utf-8")
    file, line, field, problem = only(check(ours))
    assert (file, field) == ("programmes.toml", column)
    assert line is not None
    assert column in text.splitlines()[line - 1]
    assert words in problem


def test_the_order_of_needs_is_ours(tmp_path: Path) -> None:
    registry = f'[order]\nprimary = ["chess-hub"]\n{REGISTRY}'
    file, line, _, problem = only(check(own(tmp_path, registry)))
    assert (file, line) == ("programmes.toml", 1)
    assert problem == "[order] is read in the shipped facts only; leave it out"


# --- the shared tables, and the cover of every district ------------------------------------------


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A copy of our facts, to break."""
    return shutil.copytree(facts_dir(), tmp_path / "facts")


def cell(line: int, column: str, value: str) -> Callable[[str], str]:
    return lambda text: with_cell(text, line, column, value)


def doubled(text: str) -> str:
    return text + text.splitlines(keepends=True)[1]


@pytest.mark.parametrize(
    ("file", "change", "line", "column", "words"),
    [
        ("networks.csv", cell(2, "la_codes", "2O2"), 2, "la_codes", "“2O2” is no code"),
        ("networks.csv", cell(2, "la_codes", "202;909"), 2, "la_codes", "write 942 or 943"),
        ("networks.csv", cell(3, "status", "alive"), 3, "status", "must be active, closed"),
        ("networks.csv", cell(3, "phase", "primary;junior"), 3, "phase", "“junior” must be one"),
        ("networks.csv", cell(3, "status_as_of", "June"), 3, "status_as_of", "is no date"),
        ("networks.csv", cell(3, "id", "camden-learning"), None, "id", "too; keep one"),
        ("networks.csv", doubled, 139, "id", "stands in line 2 too"),
        ("partnerships.csv", cell(2, "source_url", ""), 2, "source_url", "name the source"),
        ("partnerships.csv", cell(2, "confidence", "good"), 2, "confidence", "“good” must be"),
        ("partnerships.csv", cell(2, "website", "camden"), 2, "website", "must begin with http"),
        ("partnerships.csv", cell(2, "checked", "today"), 2, "checked", "is no date"),
        ("neighbours.csv", cell(2, "rank", "11"), 2, "rank", "lacks 1"),
        ("neighbours.csv", cell(2, "rank", "x"), 2, "rank", "must be a number"),
        ("neighbours.csv", cell(3, "rank", "1"), 3, "rank", "“1” must be one of 1 to 10, each"),
        ("neighbours.csv", cell(3, "neighbour_code", "999"), 3, "neighbour_code", "is no code"),
        ("authorities.csv", doubled, 155, "dfe_code", "“201” stands in line 2 too"),
        ("authorities.csv", cell(2, "checked", "x"), 2, "checked", "is no date"),
        ("districts.csv", doubled, 298, "lad_code", "stands in line 2 too"),
        ("districts.csv", cell(2, "la_name", "Derby"), 2, "la_name", "isn't 805: write Hartlepool"),
        ("districts.csv", cell(2, "region_name", "London"), 2, "region_name", "write North East"),
        ("neighbours.csv", cell(2, "la_name", "Luton"), 2, "la_name", "write Barking and Dagenham"),
        (
            "neighbours.csv",
            cell(2, "neighbour_name", "Luton"),
            2,
            "neighbour_name",
            "write Enfield",
        ),
        ("networks.csv", cell(2, "la_names", "Greenwich"), 2, "la_names", "Camden, or 203 for the"),
        ("networks.csv", cell(2, "la_names", "Camden;Camden"), 2, "la_names", "names 2 where la_"),
        ("partnerships.csv", cell(2, "la_names", "Nowhere"), 2, "la_names", "write Camden"),
        ("former_areas.csv", cell(2, "became", "Dorsett"), 2, "became", "isn't 838: write Dorset"),
        ("former_areas.csv", cell(2, "became_codes", "999"), 2, "became_codes", "“999” is no"),
        ("former_areas.csv", cell(2, "source", ""), 2, "source", "name the source"),
        ("outward_codes.csv", cell(2, "easting", "5.1"), 2, "easting", "must be whole metres"),
        ("outward_codes.csv", cell(2, "confidence", ""), 2, "confidence", "is empty"),
        ("outward_codes.csv", doubled, 2129, "outward_code", "stands in line 2 too"),
        ("bank_holidays.csv", cell(2, "day", "1st May"), 2, "day", "is no date"),
        ("bank_holidays.csv", doubled, 34, "day", "stands in line 2 too"),
        ("plan_templates.csv", cell(2, "kind", "talk"), 2, "kind", "must be course, within"),
        ("trials.csv", cell(2, "recruits", "soon"), 2, "recruits", "must be yes, no or unknown"),
        ("trials.csv", cell(2, "source", ""), 2, "source", "name the source"),
    ],
)
def test_a_fault_of_a_shared_table(
    ours: Path,
    *,
    file: str,
    change: Callable[[str], str],
    line: int | None,
    column: str,
    words: str,
) -> None:
    path = ours / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    fault = only(check(ours))
    if line is None:  # a body that stands in both tables is named in the second
        file, line = "partnerships.csv", 2
    assert fault[:3] == (file, line, column)
    assert words in fault[3]


def test_a_name_of_two_authorities(ours: Path) -> None:
    path = ours / "authorities.csv"
    path.write_text(cell(3, "name_lait", "Barnet")(path.read_text("utf-8")), "utf-8")
    found = {(f.line, f.column, f.problem) for f in check(ours)}
    assert (16, "name_ons", "“Barnet” is 202 in line 3; mend one of the two") in found


def without(path: Path, word: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(word)), encoding="utf-8")


def test_neighbours_that_are_missing(ours: Path) -> None:
    path = ours / "neighbours.csv"
    without(path, "201,")
    without(path, "301,Barking and Dagenham,4,")
    none, one = check(ours)
    assert (none.file, none.line, none.column) == ("neighbours.csv", 1, "dfe_code")
    assert "City of London (201) has no neighbours" in none.problem
    assert (one.file, one.line, one.column) == ("neighbours.csv", 2, "rank")
    assert "Barking and Dagenham lacks 4" in one.problem


def test_missing_places_are_told_alone(ours: Path) -> None:
    (ours / "districts.csv").unlink()
    file, line, column, problem = only(check(ours))
    assert (file, line, column) == ("districts.csv", None, "")
    assert "can't be read" in problem


def test_teaching_school_hubs_must_cover_every_district_once(ours: Path) -> None:
    name = "programmes/teaching-school-hub.csv"
    table = (ours / name).read_text(encoding="utf-8")
    table = table.replace(";Harlow,", ",", 1)  # line 2: Saffron
    table = table.replace("Colchester;Tendring;Ipswich;", "Colchester;Tendring;Ipswich;Chelmsford;")
    (ours / name).write_text(table, encoding="utf-8")
    missing, twice = check(ours)
    assert (missing.file, missing.line, missing.column) == (name, 1, "areas")
    assert missing.problem.startswith("no hub has Harlow (LA: Essex) on 2026-11-27; add it")
    assert (twice.file, twice.line, twice.column) == (name, 3, "areas")
    assert "(line 2) both have Chelmsford at one time" in twice.problem


def test_a_split_district_needs_its_other_part(ours: Path) -> None:
    name = "programmes/teaching-school-hub.csv"
    lines = (ours / name).read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if "Cornwall:" in line)
    del lines[first]
    (ours / name).write_text("".join(lines), encoding="utf-8")
    fault = next(f for f in check(ours) if f.column == "part")
    assert (fault.file, fault.line) == (name, 1)
    assert fault.problem.startswith("only part of Cornwall (LA: Cornwall) has a hub")
