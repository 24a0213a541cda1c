"""The cases of `../shared/cases` as a person meets them: the commands, and what they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core.keys import Key
from navigator.service import Service

Ask = Callable[..., str]


@pytest.fixture
def ask(folders: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command over folders of its own; gives what it prints, on both outputs."""

    def answer(*words: object, code: int = 0) -> str:
        assert run([str(word) for word in words]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return answer


def test_f19_one_bad_byte(ask: Ask, cases: Path) -> None:
    said = ask("update", "--from", cases / "F19-one-bad-byte")
    assert "One letter couldn't be read (line 3)" in said
    assert "One letter couldn't be read (line 3)" in ask("status")


def test_f20_point_zero(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F20-point-zero")
    shown = ask("show", 900_100)
    assert "ages 3–11 · 210 pupils" in shown
    assert "Trust: Old Oak Academy Trust" in shown
    for number in ("892/2100", "10070000"):
        assert ask("find", number).startswith("900100  Oakfield Primary School")


def test_f25_websites(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F25-websites")
    for urn, website in {900_100: "http://www.example.org/", 900_103: ""}.items():
        assert json.loads(ask("show", urn, "--json"))["school"]["website"] == website


def test_f10_closed_trust(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F10-closed-trust")
    told = (
        "DfE's groups file of 1 September 2026 has Old Oak Academy Trust as closed on 31 December"
    )
    shown = " ".join(ask("show", 900_002).split())
    assert told in shown
    assert "Trust: Old Oak Academy Trust (closed 31 Dec 2025)" in shown
    why = ask("show", 900_002, "--why")
    assert "confidence low: DfE's two files disagree" in why
    assert "Closed on 31 December 2025, by DfE's groups file of 1 September 2026" in why
    trust = json.loads(ask("show", 900_002, "--json").splitlines()[0])["trust"]
    assert (trust["status"], trust["closed"]) == ("Closed", "2025-12-31")
    assert "trust:5001  Old Oak Academy Trust, 1 school · closed 31 Dec 2025" in ask(
        "find", "old oak"
    )
    with closing(Service()) as service:
        page = service.page(Key.of("trust", "5001"), None, date(2026, 11, 22), "miles")
    status = next(e.text for s in page.sections for e in s.entries if e.label == "Status")
    assert status == "Closed on 31 December 2025, by DfE's groups file; the register still names it"
    before = ask("show", 900_002, "--why", "--as-at", "2025-12-30")
    assert "groups file" not in before


def test_f11_a_successor_that_is_proposed_to_open(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F11-successor-proposed")
    shown = " ".join(ask("show", 900_011).split())
    assert (
        "Its successor, Pending Lodge Academy, URN 900012, is proposed to open on 1 September 2027."
        in shown
    )
    assert "no successor" not in shown


def test_f16_an_area_that_is_no_more_leads_on(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F14-F16-reorganised" / "new")
    became = "Cumbria became Cumberland and Westmorland and Furness on 1 April 2023"
    found = ask("find", "cumbria")
    assert "la:942  Cumberland, 20 schools" in found
    assert "la:943  Westmorland and Furness" in found
    assert became in found
    assert f"{became}: name one of them." in ask("locality", "cumbria", code=1)


def test_f26_a_lost_position_is_kept(ask: Ask, cases: Path) -> None:
    for name in ("old", "new"):
        said = ask("update", "--from", cases / "F26-lost-position" / name)
    assert "Navigator keeps that of the register of 1 August 2026." in said
    shown = json.loads(ask("show", 900_100, "--json").splitlines()[0])
    assert shown["school"]["position_day"] == "2026-08-01"
    assert len(shown["nearby"]) == 19
    assert "gives no position" in " ".join(shown["notices"])


def test_f14_an_area_that_was_reorganised_is_told(ask: Ask, cases: Path) -> None:
    folder = cases / "F14-F16-reorganised"
    said = ask("changes", "--from", folder / "old", "--to", folder / "new")
    assert said.count("authority: ") == 1
    assert "authority: Cumbria became Cumberland (20 schools)" in said


def test_f17_a_school_that_is_now_proposed_to_close_is_told(ask: Ask, cases: Path) -> None:
    folder = cases / "F17-proposed-to-close"
    said = ask("changes", "--from", folder / "old", "--to", folder / "new")
    assert "Hilltop Primary School, URN 900103: now proposed to close" in said
