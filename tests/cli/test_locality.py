"""`navigator locality` and `navigator overlap`: what they print, write and refuse."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from navigator.cli import run

SCHOOL = "139217"


pytestmark = pytest.mark.usefixtures("folders")


def test_a_profile_as_json_holds_what_the_contract_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["locality", "892", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["place"] == {"kind": "la", "code": "892", "name": "Nottingham", "miles": None}
    assert set(told["phases"]) == {"primary", "secondary", "special", "all"}
    for of in told["phases"].values():
        assert set(of["governance"]) == {
            *("maintained", "sat", "mat_small", "mat_medium", "mat_large", "other"),
        }
        assert sum(of["governance"].values()) == of["schools"]
    assert told["schools"] == told["phases"]["all"]["schools"]
    assert sum(told["opened_by_year"].values()) <= told["phases"]["all"]["academies"]
    maths = told["hubs"]["maths-hub"]
    assert maths["distinct_hubs"] == len(maths["hubs"]) == 1
    assert 0 < maths["median_miles"] < 20
    assert [r["kind"] for r in told["resembles"]] == [
        *("first mover", "recent mover", "assimilator"),
    ]
    for resemblance in told["resembles"]:
        assert resemblance["resembles"] == all(t["passed"] for t in resemblance["tests"])
        for test in resemblance["tests"]:
            assert {"figure", "at_least", "at_most", "above", "passed"} <= set(test)
    assert told["networks"][0]["name"]
    assert told["partnerships"][0]["tier"]


@pytest.mark.parametrize("place", ["Nottingham", "Broxtowe", "East Midlands", "england"])
def test_text_says_the_figures_of_the_json(capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert run(["locality", *place.split(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["locality", *place.split()]) == 0
    text = capsys.readouterr().out
    primary = told["phases"]["primary"]
    assert f"Primary schools: {primary['schools']}:" in text
    share = round(100 * primary["governance"]["maintained"] / primary["schools"])
    assert f"Maintained: {primary['governance']['maintained']} {share}%" in text
    assert "━" not in text  # bars are for eyes


def test_around_a_school(capsys: pytest.CaptureFixture[str]) -> None:
    counts = []
    for miles in ("1", "3"):
        assert run(["locality", SCHOOL, "--radius", miles, "--json"]) == 0
        counts.append(json.loads(capsys.readouterr().out)["schools"])
    assert 0 < counts[0] < counts[1]


def test_an_area_that_is_no_more_is_said_with_what_it_became(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["locality", "Nottingham", "--with", "Poole"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Nottingham and Bournemouth, Christchurch and Poole (compared)")
    assert "Poole became Bournemouth, Christchurch and Poole on 1 April 2019.\n" in err
    assert run(["locality", "Cumbria"]) == 1
    assert capsys.readouterr().err.count("became Cumberland and Westmorland and Furness") == 1


def test_two_places_and_areas_alike(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["locality", "Nottingham", "--with", "Swindon"]) == 0
    assert "Schools. Nottingham " in (text := capsys.readouterr().out)
    assert ", Swindon " in text
    assert run(["locality", "Nottingham", "--alike", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert json.loads(lines[0])["place"]["name"] == "Nottingham"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["locality", "nowhere"], "No authority, district or region is called “nowhere”"),
        (["locality", SCHOOL], "--radius MILES"),
        (["locality", "Broxtowe", "--alike"], "has no statistical neighbours"),
        (["locality", "Nottingham", "--with", "nowhere"], "“nowhere”"),
        (["overlap", "999999"], "999999"),
        (["locality", "Nottinhgam"], "Nearest: Nottingham"),
        (["overlap", SCHOOL, "--with", "st mary"], "“st mary” fits several schools: St Mary's"),
        (["overlap", SCHOOL, "--with", SCHOOL], "CofE Primary School itself: give another school"),
        (
            ["overlap", SCHOOL, "--with", "122776"],
            "CofE Primary School itself: give another school",
        ),
        (["overlap", "Snienton St Stephens"], "Nearest: Sneinton St Stephen's CofE"),
        (["overlap", SCHOOL, "--network", "ours"], "You have no network called “ours”"),
        (["overlap", SCHOOL, "--with", "122480", "--csv", "-"], "leave --csv out"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(arguments) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert not printed.out


@pytest.mark.parametrize("miles", ["x", "0", "-3", "nan", "inf", "61"])
def test_a_radius_that_is_none_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], miles: str
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["locality", SCHOOL, f"--radius={miles}"])
    assert stop.value.code == 2
    assert "isn't a number of miles" in capsys.readouterr().err


def test_the_table_of_figures_has_a_definition_in_every_row(
    folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folders / "figures.csv"
    assert run(["locality", "Nottingham", "--csv", str(file)]) == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert all(row["definition"] and row["place"] == "Nottingham" for row in rows)
    told = {row["figure"]: row for row in rows}
    whole, part = told["primary.schools"], told["primary.maintained"]
    assert float(part["share"]) == pytest.approx(
        float(part["value"]) / float(whole["value"]), abs=1e-4
    )
    capsys.readouterr()
    assert run(["locality", "Nottingham", "--csv", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_the_overlap_as_text_table_and_json_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["overlap", SCHOOL, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["overlap", SCHOOL]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    trust = next(body for body in told["bodies"] if body["kind"] == "Trust")
    assert first.startswith(f"Of the {told['schools']} primaries within 3 miles, ")
    assert f"{trust['same']} your trust" in first
    assert run(["overlap", SCHOOL, "--csv", "-"]) == 0
    out = capsys.readouterr().out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(told["rows"]) == told["schools"]
    column = f"Trust: {trust['name']}"
    assert sum(row[column] == "same" for row in rows) == trust["same"]


def test_two_schools_beside_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["overlap", SCHOOL, "--with", "122480"]) == 0
    text = capsys.readouterr().out
    assert "They share" in text
    assert "They don't share" in text
    assert run(["overlap", SCHOOL, "--with", "122480", "--json"]) == 0
    bodies = json.loads(capsys.readouterr().out)["bodies"]
    assert {
        "kind": "Local authority",
        "one": "Nottingham",
        "other": "Nottingham",
        "same": True,
    } in (bodies)


def test_schools_are_named_as_the_finder_finds_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["overlap", SCHOOL, "--with", "144462"]) == 0
    by_number = capsys.readouterr().out
    named = ["Sneinton", "St", "Stephens", "--with", "William Booth Primary"]
    assert run(["overlap", *named]) == 0
    assert capsys.readouterr().out == by_number


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("la:892", "la", "892"), ("place:district:E07000172", "district", "E07000172")],
)
def test_a_key_that_find_prints_is_a_place(
    capsys: pytest.CaptureFixture[str], text: str, kind: str, code: str
) -> None:
    assert run(["locality", text, "--json"]) == 0
    place = json.loads(capsys.readouterr().out)["place"]
    assert (place["kind"], place["code"]) == (kind, code)
