"""The command line as a user meets it: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.cli.printing import WIDEST, folded
from navigator.core import wording
from tests.register import made
from tests.register.server import Served, days_ago, serving

SCHOOL = "139217"
DAY = ["--as-at", "2026-11-22"]


pytestmark = pytest.mark.usefixtures("folders")


Capture = pytest.CaptureFixture[str]
CaptureBytes = pytest.CaptureFixture[bytes]


def test_show_is_a_line_a_body_with_the_way_to_reach_it(capsys: Capture) -> None:
    assert run(["show", SCHOOL, *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Sneinton St Stephen's CofE Primary School, URN 139217\n")
    assert "  Maths: East Midlands West (6.1 mi, yours). emwest.co.uk\n" in out
    assert "  Council: Nottingham (yours)" in out
    assert "\n  6 programmes ended\n" in out
    assert "William Booth Primary and Nursery School 0.2, " in out
    assert "navigator show 139217 --why" in out
    for kept_back in ("confidence", "source ", "https://", "Note: The hub of your council"):
        assert kept_back not in out
    assert "\x1b" not in out
    assert_brief(out)


def assert_brief(out: str) -> None:
    lines = folded(out, WIDEST).splitlines()
    assert 20 <= len(lines) <= 45
    assert max(map(len, lines)) <= WIDEST


def test_why_adds_reasons_sources_and_dates(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--why", *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Sneinton St Stephen's CofE Primary School, URN 139217\n")
    assert "sample: 3 areas" in out
    assert "run: navigator update" in out
    assert "Maths: East Midlands West" in out
    assert "Your area's hub" in out
    assert "confidence high" in out
    assert "Ended" in out
    assert "31 March 2025" in out
    assert "Transform Trust" in out
    assert "\x1b" not in out


def test_json_keeps_the_contract(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--json", *DAY]) == 0
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    shown = json.loads(line)
    assert shown["schema"] == 1
    assert shown["as_at"] == "2026-11-22"
    assert shown["register"]["sample"] is True
    school = shown["school"]
    assert school["urn"] == 139217
    assert school["la"] == {"code": "892", "name": "Nottingham"}
    hubs = {h["programme"]: h for h in shown["hubs"]}
    assert hubs["maths-hub"]["claim"] == "designated"
    assert hubs["teaching-school-hub"]["hub"] == "Flying High Teaching School Hub"
    assert hubs["english-hub"]["claim"] == "names-area"
    assert hubs["computing-hub"]["claim"] == "ended"
    assert hubs["computing-hub"]["valid_to"] == "2025-03-31"
    assert hubs["computing-hub"]["valid_to_said"] == "2025-03-31"
    assert hubs["behaviour-hub"]["valid_to"] == "2025-03-31"
    assert hubs["behaviour-hub"]["valid_to_said"] == "2025-03"
    assert hubs["maths-hub"]["valid_to_said"] is None
    assert hubs["behaviour-hub"]["replaced_by"] == "attendance-behaviour-hub"
    assert hubs["research-school"]["claim"] == "nearest"
    assert hubs["rise-region"]["hub"] == "East Midlands"
    for claim in shown["hubs"]:
        assert claim["source"], claim["programme"]
        assert claim["as_of"], claim["programme"]
        if claim["hub"]:
            assert claim["confidence"] in ("high", "medium"), claim["programme"]
    assert shown["trust"]["kind"] == "MAT"
    assert shown["trust"]["size_band"] == "large"
    assert len(shown["authority"]["neighbours"]) == 10
    distances = [n["distance_km"] for n in shown["nearby"]]
    assert distances == sorted(distances)
    assert len(distances) == 20
    assert all(re.fullmatch(r"[a-z-]+", share) for n in shown["nearby"] for share in n["shares"])


def test_several_urns_print_one_object_a_line_and_a_missing_one_is_said(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "999999", "122416", "--json", *DAY]) == 1
    out, err = capsys.readouterr()
    assert [json.loads(line)["school"]["urn"] for line in out.splitlines()] == [139217, 122416]
    assert "URN 999999 isn't in the sample" in err
    assert "run: navigator update" in err


def test_urns_can_come_from_standard_input(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{SCHOOL}\n122416\n"))
    assert run(["show", "-", "--json", *DAY]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_markdown_has_headings_and_a_table(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--markdown", "--why", *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# Sneinton")
    assert "## Who helps with" in out
    assert "| School | Distance (mi) | E | M |" in out  # in the order of needs
    assert "Open Government Licence" in out


def test_text_and_markdown_say_the_same(capsys: Capture) -> None:
    """Every body that one names, the other names."""
    run(["show", SCHOOL, "--json", *DAY])
    shown = json.loads(capsys.readouterr().out)
    run(["show", SCHOOL, "--why", *DAY])
    text = capsys.readouterr().out
    run(["show", SCHOOL, "--why", "--markdown", *DAY])
    markdown = re.sub(r"\\(.)", r"\1", capsys.readouterr().out)
    names = [h["hub"] for h in shown["hubs"] if h["hub"] and h["claim"] != "ended"]
    names += [n["name"] for key in ("networks", "partnerships", "nearby") for n in shown[key]]
    names += [shown["trust"]["name"], shown["authority"]["name"]]
    for name in names:
        assert name in text
        assert name in markdown


def test_markdown_is_brief_without_why(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--markdown", *DAY]) == 0
    out = capsys.readouterr().out
    assert "- **Maths**: East Midlands West (6.1 mi, yours). <http://www.emwest.co.uk>\n" in out
    assert "- 6 programmes ended\n" in out
    assert "*high" not in out
    assert "|" not in out
    assert "Open Government Licence" in out


def test_another_day(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--json", "--as-at", "2022-05-25"]) == 0
    shown = json.loads(capsys.readouterr().out)
    hubs = {h["programme"]: h for h in shown["hubs"]}
    assert hubs["computing-hub"]["claim"] == "nearest"
    # Schools were matched, so none is "yours to choose"; the region is where the lead is.
    assert hubs["behaviour-hub"]["claim"] == "region"
    assert "The programme has no areas" in hubs["behaviour-hub"]["why"]
    assert "rise-region" not in hubs
    assert hubs["computing-hub"]["counted"] == 34
    assert shown["trust"] is None
    assert "Not known at 25 May 2022" in shown["trust_note"]
    assert not any("trust" in near["shares"] for near in shown["nearby"])
    assert "17 July 2025" in shown["notices"][0]
    # 3 of 87 can be named for that day: which is nearest isn't known
    assert hubs["teaching-school-hub"]["claim"] == "none-found"
    assert hubs["teaching-school-hub"]["nearest"] is None


def test_a_school_that_had_not_opened_yet_is_said(capsys: Capture) -> None:
    assert run(["show", SCHOOL, "--json", "--as-at", "2010-01-01"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert "opened on 1 January 2013" in shown["notices"][0]


def test_an_old_urn_opens_and_finds_its_successor(capsys: Capture) -> None:
    assert run(["show", "122776", *DAY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Sneinton St Stephen's CofE Primary School, URN 139217")
    assert "URN 122776" in out
    assert run(["find", "122776"]) == 0
    assert "139217" in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_one_sentence(folders: Path) -> None:
    command = f"{sys.executable} -m navigator show {SCHOOL} > /dev/full"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_find_prints_a_line_a_school(capsys: Capture) -> None:
    assert run(["find", "sneinton", "st", "stephen", "--limit", "5"]) == 0
    out = capsys.readouterr().out
    assert "139217" in out
    assert "NG2 4QB" in out
    assert "Nottingham" in out


def test_find_json(capsys: Capture) -> None:
    assert run(["find", "sneinton", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any(row["urn"] == 139217 for row in rows)


def test_find_says_what_a_postcode_without_a_school_is_taken_for(capsys: Capture) -> None:
    assert run(["find", "NG7 2ZZ", "--limit", "9"]) == 0
    out, err = capsys.readouterr()
    assert "No school in NG7 2ZZ; nearest to the schools of NG7 2:" in err
    away = [float(line.split(" mi · ")[0].split()[-1]) for line in out.splitlines()]
    assert len(away) == 9
    assert away == sorted(away)
    assert run(["find", "NG7 2ZZ", "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["nearest_to"] == "NG7 2"
    assert 0 <= first["distance_km"] < 1
    assert run(["find", "sneinton", "--json"]) == 0
    other = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (other["nearest_to"], other["distance_km"]) == (None, None)


def test_find_nothing_says_what_next(capsys: Capture) -> None:
    assert run(["find", "zzzqqq"]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "no school matches" in err
    assert "run: navigator update" in err


def test_status_tells_register_facts_and_files(capsys: Capture, folders: Path) -> None:
    assert run(["status"]) == 0
    out = capsys.readouterr().out
    assert "sample: 3 areas" in out
    assert "17 July 2025" in out
    facts = re.search(r"Facts\n(.*)\n(.*)\n", out)
    assert facts
    assert facts[1] == "  of 27 November 2026, which came with Navigator"
    assert re.fullmatch(r"  all \d{3} rows checked since 22 November 2026", facts[2])
    assert str(folders / "config" / "settings.toml") in out
    assert str(folders / "data") in out


def test_without_a_terminal_a_urn_prints_the_text(capsys: Capture) -> None:
    assert run([SCHOOL, *DAY]) == 0
    out = capsys.readouterr().out
    assert "1. WHO HELPS WITH" in out
    assert_brief(out)


def test_without_a_terminal_or_a_urn_the_next_step_is_said(capsys: Capture) -> None:
    assert run([]) == 2
    assert "navigator show" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", SCHOOL, "abc"],
        ["show", "12"],
        ["show", SCHOOL, "--as-at", "soon"],
        ["find", "x", "--limit", "0"],
        ["show"],
        ["nonsense"],
        ["update", "--check", "--undo"],
        ["show", SCHOOL, "--json", "--markdown"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(arguments: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as exit_info:
        sys.exit(run(arguments))
    assert exit_info.value.code == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("navigator: ")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("typed", "usage"),
    [
        ("help", "usage: navigator "),
        ("help show 139217", "usage: navigator show "),
        ("help plan import", "usage: navigator plan import "),
        ("plan help", "usage: navigator plan "),
        ("plan help list", "usage: navigator plan list "),
        ("facts help", "usage: navigator facts "),
    ],
)
def test_help_is_given_however_it_is_asked_for(typed: str, usage: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        run(typed.split())
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith(usage)


def test_a_name_typed_after_navigator_is_told_with_all_its_words(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["Hull", "Trinity"])
    assert stop.value.code == 2
    assert "run: navigator find Hull Trinity." in capsys.readouterr().err


def test_help_of_no_command_says_so(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stop:
        run(["help", "nosuch"])
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert err == "navigator: there is no command 'nosuch'. For help, run: navigator --help\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("shwo 139217", "show"), ("Find x", "find"), ("locallity", "locality"), ("help fnd", "find")],
)
def test_a_mistyped_command_is_told_with_the_one_it_may_be(
    typed: str, meant: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(typed.split())
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert f"did you mean {meant}? For help, run: navigator --help\n" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("plan lst", "'lst' isn't known: did you mean list? For help, run: navigator plan --help"),
        (
            "show 139217 --jsno",
            "no option --jsno: did you mean --json? For help, run: navigator show",
        ),
        ("plan add --knid course", "there is no option --knid: did you mean --kind?"),
        ("plan days imprt", "'imprt' isn't known: did you mean import?"),
        ("plan list --status confrmed", "argument --status: 'confrmed' isn't known: did you mean"),
        ("plan zzzz", "invalid choice: 'zzzz' (choose from"),
    ],
)
def test_a_mistyped_word_within_a_command_is_told_with_the_one_it_may_be(
    typed: str, said: str, capsys: Capture
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(typed.split())
    assert stop.value.code == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("help", "--help"),
        ("help find", "find --help"),
        ("help help", "--help"),
        ("-V", "--version"),
    ],
)
def test_help_and_version_as_people_type_them(typed: str, same: str, capsys: Capture) -> None:
    said = []
    for line in (typed, same):
        with pytest.raises(SystemExit) as stop:
            run(line.split())
        assert stop.value.code == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] != ""


def test_update_from_a_missing_path_is_refused_with_a_sentence(
    capsys: Capture, folders: Path
) -> None:
    assert run(["update", "--from", str(folders / "nothing.csv")]) == 1
    err = capsys.readouterr().err
    assert "nothing.csv" in err
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_error(folders: Path) -> None:
    command = f"{sys.executable} -m navigator show {SCHOOL} 122416 122414 | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Sneinton")
    assert not done.stderr


PROGRAMMES = """\
[[programme]]
id = "chess-hub"
name = "Chess Hub"
short = "Chess"
mark = "C"
purpose = "Chess for every child."
rule = "area"
valid_from = "2026-01"
note = "Made up."
"""
TABLE = """\
id,hub,lead_school,lead_urns,areas,area_kind,region,website,valid_from,source,as_of,confidence
trent,Trent Chess Hub,A School,,Nottingham,LA,East Midlands,,2026-01,Own knowledge,2026-11-22,high
"""


def own_facts(folders: Path, table: str = TABLE) -> Path:
    folder = folders / "config" / "facts"
    (folder / "programmes").mkdir(parents=True)
    (folder / "programmes.toml").write_text(PROGRAMMES, "utf-8")
    (folder / "programmes" / "chess-hub.csv").write_text(table, "utf-8")
    return folder


def test_a_programme_is_added_by_adding_data(capsys: Capture, folders: Path) -> None:
    own_facts(folders)
    assert run(["show", SCHOOL, *DAY]) == 0
    out = capsys.readouterr().out
    assert "Chess: Trent Chess Hub" in out
    assert "share your Chess Hub" in " ".join(out.split())
    assert run(["show", SCHOOL, "--json", *DAY]) == 0
    hubs = {h["programme"]: h for h in json.loads(capsys.readouterr().out)["hubs"]}
    assert hubs["chess-hub"]["claim"] == "designated"


def test_a_fault_in_own_facts_is_named_with_its_place(capsys: Capture, folders: Path) -> None:
    folder = own_facts(folders, TABLE.replace("Nottingham,", "Notingham,"))
    assert run(["check-facts", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "chess-hub.csv, line 2" in out
    assert "Nottingham" in out
    assert run(["show", SCHOOL, *DAY]) == 0, "the rest goes on"
    out, err = capsys.readouterr()
    assert "chess-hub.csv, line 2" in err
    assert "Sneinton" in out


def test_our_own_facts_hold_no_fault(capsys: Capture) -> None:
    assert run(["check-facts"]) == 0
    assert "No fault found" in capsys.readouterr().out


def test_check_facts_of_no_folder_says_so(capsys: Capture, folders: Path) -> None:
    assert run(["check-facts", str(folders / "nowhere")]) == 1
    assert "no folder" in capsys.readouterr().err


def test_status_tells_what_the_facts_cover(capsys: Capture) -> None:
    assert run(["status", "--facts"]) == 0
    out = capsys.readouterr().out
    assert "89 high" in out.split("English Hub")[0]
    assert "published: 87" in out
    maths = next(line for line in out.splitlines() if "can be reached" in line)
    assert maths.startswith("  can be reached: 38 of 40, ")
    assert maths.endswith("by the finder only 2, not at all 0")
    assert "Lead schools are told as the sample has them." in out


# --- update over the network ---


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving() as served:
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        yield served


def test_update_check_and_undo(served: Served, capsys: Capture) -> None:
    served.publish(390, days_ago(1))
    assert run(["update"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Loaded England: 390 open schools in England")
    assert run(["update"]) == 0
    assert "is the newest: nothing was taken" in capsys.readouterr().out

    served.publish(400)
    assert run(["update", "--check"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"There is a register of {wording.day(date.today())}; the one in use is")
    assert "To take it, run: navigator update" in out
    assert run(["status"]) == 0
    assert "390 open schools" in capsys.readouterr().out
    assert run(["update"]) == 0
    assert "400 open schools" in capsys.readouterr().out
    assert run(["update", "--check"]) == 0
    assert capsys.readouterr().out.startswith("There is none newer")

    assert run(["update", "--undo"]) == 0
    assert wording.day(days_ago(1)) in capsys.readouterr().out
    assert run(["status"]) == 0
    assert "390 open schools" in capsys.readouterr().out
    assert run(["update", "--undo"]) == 0
    assert wording.day(date.today()) in capsys.readouterr().out


def test_update_that_fails_is_one_line_and_the_next_step(served: Served, capsys: Capture) -> None:
    assert run(["update"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "has no register of today or of the 7 days before" in err
    assert "https://get-information-schools.service.gov.uk/Downloads" in err
    assert run(["update", "--undo"]) == 1
    assert "No register before the one in use is kept" in capsys.readouterr().err


def test_update_asks_the_server_of_the_settings(
    served: Served, capsys: Capture, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NAVIGATOR_REGISTER_URL")
    served.publish(20)
    (folders / "config").mkdir()
    settings = folders / "config" / "settings.toml"
    settings.write_text(f'register_url = "{served.url}/"\n', "utf-8")
    assert run(["update"]) == 0
    assert "20 open schools" in capsys.readouterr().out
    settings.write_text('register_url = "files"\n', "utf-8")
    assert run(["update", "--check"]) == 1
    assert "register_url in settings.toml is “files”" in capsys.readouterr().err


def test_status_says_how_old_the_register_is(
    served: Served, capsys: Capture, tmp_path: Path
) -> None:
    path = tmp_path / f"edubasealldata{days_ago(61):%Y%m%d}.csv"
    path.write_bytes(made.text(made.schools(20)).encode("cp1252"))
    assert run(["update", "--from", str(path)]) == 0
    assert run(["status"]) == 0
    out = capsys.readouterr().out
    assert "61 days old" in out
    assert "older than 60 days. For a newer one, run: navigator update" in out


def test_stopped_when_it_is_in_use_already(
    served: Served, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(folder: Path) -> None:
        raise KeyboardInterrupt

    served.publish(20)
    monkeypatch.setattr("navigator.register.update._sync_folder", stopped)
    assert run(["update"]) == 130
    err = capsys.readouterr().err
    assert "was in use before it could be stopped" in err
    assert "nothing was changed" not in err
    assert run(["status"]) == 0
    assert "20 open schools" in capsys.readouterr().out


def test_find_prints_what_is_of_the_very_name_above_the_schools(capsys: Capture) -> None:
    assert run(["find", "flying", "high"]) == 0
    out = capsys.readouterr().out
    assert re.match(r"Of this name:\n  trust:3111  Flying High.*\n(  hub.*\n)*\n\d{6}  ", out)


def test_find_prints_every_other_kind_in_groups_beneath_the_schools(capsys: Capture) -> None:
    assert run(["find", "flying"]) == 0
    out = capsys.readouterr().out
    schools, _, groups = out.partition("\n\n")
    assert re.match(r"\d{6}  ", schools)
    assert "Trusts (1):\n  trust:3111  Flying High" in groups
    assert "Hubs (2):\n  hub:" in groups


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Lancashire County Council", "la:888  Lancashire"),
        ("E06000010", "la:810  Kingston upon Hull, City of"),
        ("Broxtowe", "place:district:E07000172  Broxtowe"),
        ("trust:3111", "trust:3111  Flying High"),
        ("Roman Catholic Hexham & Newcastle", "diocese:rc/hexham-and-newcastle  Diocese of Hexham"),
        ("cumbria", "Cumbria became Cumberland and Westmorland and Furness on 1 April 2023"),
    ],
)
def test_find_finds_bodies_as_people_write_them(capsys: Capture, typed: str, line: str) -> None:
    assert run(["find", typed]) == 0
    assert line in capsys.readouterr().out


def test_find_of_one_kind_lists_all_of_it_and_json_keeps_to_it(capsys: Capture) -> None:
    assert run(["find", "maths", "hub", "--kind", "hub", "--limit", "100"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 30
    assert all(line.startswith("hub:maths-hub/") for line in lines)
    assert run(["find", "nottingham", "--kind", "la", "--json"]) == 0
    (city, _) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (city["kind"], city["key"], city["name"]) == ("la", "la:892", "Nottingham")
    assert city["schools"] > 50
    assert run(["find", "zzqq", "--kind", "trust"]) == 1
    assert "none of the trusts matches 'zzqq'" in capsys.readouterr().err


def test_the_json_of_find_holds_schools_alone(capsys: Capture) -> None:
    assert run(["find", "flying", "high", "--json"]) == 0
    assert all("urn" in json.loads(line) for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (["Sneinton", "St", "Stephens"], "Sneinton St Stephen's CofE Primary School, URN 139217"),
        (["Nottingham", "Academy"], "Nottingham Academy, URN 135881"),
        (["transform", "trust"], "Transform Trust (trust)"),
        (["trust:3111"], "Flying High Trust (trust)"),
        (["Nottingham City Council"], "Nottingham (local authority)"),
        (["broxtowe"], "Broxtowe (profile, district)"),
        (["diocese:rc/leeds"], "Diocese of Leeds (diocese, catholic)"),
    ],
)
def test_show_takes_a_name_or_a_key(capsys: Capture, typed: list[str], first: str) -> None:
    assert run(["show", *typed]) == 0
    assert capsys.readouterr().out.splitlines()[0] == first


def test_what_is_printed_of_a_body_says_nothing_of_a_map(capsys: Capture) -> None:
    for form in (["--markdown"], []):
        assert run(["show", "trust:5456", *form]) == 0
        out = capsys.readouterr().out
        assert "Map" not in out
        assert "Where they are" in out
        assert not re.search("^#+ $", out, re.MULTILINE)
    assert "13 of its 26 schools are on this register." in out


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("shown", [SCHOOL, "trust:5456"])
def test_on_a_terminal_the_rest_of_a_line_is_set_in_beneath_it(
    shown: str, columns: int, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["show", shown, *DAY]) == 0
    whole = capsys.readouterr().out.splitlines()  # a pipe gets a line a body
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["show", shown, *DAY]) == 0
    lines = iter(capsys.readouterr().out.splitlines())
    for line in whole:
        indent = len(line) - len(line.lstrip())
        told = next(lines)
        while told.split() != line.split():
            more = next(lines)
            assert len(more) - len(more.lstrip()) == indent + 2, more
            assert len(more) <= min(columns, 98) or len(more.split()) == 1, more
            told += more
            assert line.replace(" ", "").startswith(told.replace(" ", ""))
            told = line if told.replace(" ", "") == line.replace(" ", "") else told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "diocese of leeds",
            "fits several: Diocese of Leeds (Church of England, diocese:ce/leeds), "
            "Diocese of Leeds (Catholic, diocese:rc/leeds).",
        ),
        ("st mary's", "“st mary's” fits several schools: "),
        ("flying high", "Or: Flying High Trust (trust:3111)."),
        ("white", "The White Hills Park Trust Ltd (trust:5314)."),
        (
            "notts",
            "No school or other body is called “notts”: did you mean Nottinghamshire (la:891)?",
        ),
        ("trust:1", "No trust has the key trust:1. To find one by name, run: navigator find"),
        ("foo:1", "“foo:1” is no key that is taken here. Give a URN, or one of these"),
        ("Snienton St Stephens", "Nearest: Sneinton St Stephen's CofE Primary School (139217)"),
        ("cumbria", "Cumbria became Cumberland and Westmorland and Furness on 1 April 2023"),
    ],
)
def test_show_of_several_or_none_says_what_to_type(capsys: Capture, typed: str, said: str) -> None:
    assert run(["show", typed]) == 1
    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert not out


def test_a_list_of_one_kind_says_how_to_see_all(capsys: Capture) -> None:
    assert run(["find", "maths", "hub", "--kind", "hub"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 20
    told = re.search(r"These are the first 20 of (\d+); --limit 1000 shows all\.", err)
    assert told
    assert run(["find", "maths", "hub", "--kind", "hub", "--limit", "1000"]) == 0
    assert capsys.readouterr().out.count("\n") == int(told[1])


def test_words_of_an_address_find_a_school_but_do_not_name_it(capsys: Capture) -> None:
    assert run(["find", "notts"]) == 0
    assert "Trowell CofE Primary School, Notts NG9 3QD" in capsys.readouterr().out
    assert run(["export", "Notts", "--csv", "-"]) == 1
    assert "did you mean Nottinghamshire (la:891)?" in capsys.readouterr().err
    for its_own in ("trowell prim", "NG9 3QD", "school:122770"):
        assert run(["show", its_own]) == 0
        assert capsys.readouterr().out.startswith("Trowell CofE Primary School, URN 122770\n")


def test_a_key_that_find_prints_shows_its_page(capsys: Capture) -> None:
    assert run(["find", "nottingham"]) == 0
    keys = re.findall(r"^  (\S+:\S+)  ", capsys.readouterr().out, re.MULTILINE)
    assert len({key.partition(":")[0] for key in keys}) > 5
    for key in keys:
        assert run(["show", key]) == 0, key
        assert capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        f"show {SCHOOL} --json",
        "find sneinton --json",
        "find nottingham --kind la --json",
        "notes --json",
        "bookmarks --json",
        "corrections --json",
        "plan list --json",
        "plan show Network --json",
        "plan export --json -",
        f"export {SCHOOL} --json -",
        "locality Nottingham --json",
        f"overlap {SCHOOL} --json",
        f"overlap {SCHOOL} --with 122480 --json",
        f"review {SCHOOL} --json",
        "status --json",
        "status --facts --json",
    ],
)
def test_each_line_of_json_has_the_same_head(
    words: str, monkeypatch: pytest.MonkeyPatch, kept: Path, capfdbinary: CaptureBytes
) -> None:
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(kept))
    assert run(words.split()) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    assert lines
    for told in map(json.loads, lines):
        assert told["schema"] == 1
        head = {"name": "sample: 3 areas", "date": "2025-07-17", "schools": 434, "sample": True}
        assert told["register"].items() >= head.items()
        assert next(iter(told)) == "schema"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with one of each kind that a command lists."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_DATA_DIR", str(folder / "data"))
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(folder))
        assert run(["note", SCHOOL, "one"]) == 0
        assert run(["bookmark", SCHOOL]) == 0
        assert run(["set", SCHOOL, "network", "Sneinton heads"]) == 0
        assert run(["plan", "add", "Network"]) == 0
    return folder


@pytest.mark.parametrize("words", ["zzqq", ""])
def test_show_of_what_there_is_not_says_how_to_search(words: str, capsys: Capture) -> None:
    assert run(["show", words]) == 1
    said = capsys.readouterr().err
    assert "navigator find WORDS" in said
    assert "URN" not in said
    assert ("Nothing is called “zzqq”." in said) is bool(words)
