"""The table of England: the same facts as the screen, typed, whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from navigator.cli import run
from navigator.core.landscape import Landscape
from navigator.core.model import Programme
from navigator.core.record import NO_RECORD
from navigator.domain.landscapes import Sketch
from navigator.export.contract import as_dict
from navigator.export.england import EnglandRows, Export
from navigator.export.england_columns import SCHOOL as SCHOOL_PARTS
from navigator.export.england_columns import fields
from navigator.export.england_forms import LINES, VALUES
from navigator.register import Register
from navigator.service import Service
from tests.core.test_wording import HOSTILE
from tests.export.england_alone import made_line, row
from tests.ui.test_hostile import poisoned

DAY = date(2026, 11, 22)
SCHOOL = 139217
ROOT = Path(__file__).parents[2]

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def service(folders: Path) -> Iterator[Service]:
    """The sample: three areas are exported as England would be."""
    (folders / "out").mkdir()
    service = Service()
    yield service
    service.close()


def written(service: Service, form: str) -> bytes:
    out = io.BytesIO()
    Export(service, DAY, form).write(out)
    return out.getvalue()


def told(programmes: tuple[Programme, ...], landscape: Landscape) -> dict[str, Any]:
    names = [name for name, _ in fields(programmes)]
    return dict(zip(names, row(landscape, programmes), strict=True))


def test_a_row_says_what_the_screen_says(service: Service) -> None:
    shown = told(service.directory.programmes, service.landscape(SCHOOL, DAY))
    assert shown["name"] == "Sneinton St Stephen's CofE Primary School"
    assert shown["la_code"] == "892"
    assert (shown["trust_name"], shown["trust_band"]) == ("Transform Trust", "large")
    assert (shown["maths_hub_claim"], shown["maths_hub_hub"]) == (
        "designated",
        "East Midlands West",
    )
    assert shown["maths_hub_hub_id"] == "east-midlands-west"
    assert shown["maths_hub_km"] == pytest.approx(9.857, abs=0.001)
    assert (shown["maths_hub_nearby_share"], shown["maths_hub_nearby_unsure"]) == (13, 0)
    assert shown["teaching_school_hub_nearest"] == "Redhill Teaching School Hub"
    assert shown["computing_hub_claim"] == "ended"
    assert shown["computing_hub_hub"] is None
    assert shown["nearby"] == 20
    assert shown["nearby_nearest_km"] == pytest.approx(0.266, abs=0.001)
    assert shown["opened"] == date(2013, 1, 1)
    assert shown["state_funded"] is True


def test_the_record_of_the_head_is_not_in_it(service: Service) -> None:
    before = written(service, "csv")
    assert run(["set", str(SCHOOL), "maths-hub", "Central"]) == 0
    assert run(["note", str(SCHOOL), "mine"]) == 0
    assert written(Service(), "csv") == before


@pytest.mark.parametrize("form", ["csv", "json-lines"])
@pytest.mark.parametrize("day", [DAY, date(2022, 10, 1)], ids=str)
def test_a_line_among_thousands_is_the_line_of_its_row(
    service: Service, form: str, day: date
) -> None:
    programmes = service.directory.programmes
    lines, rows = EnglandRows(programmes, LINES[form]), EnglandRows(programmes, VALUES)
    for urn in service.register.open_urns()[::7]:
        sketch = service.sketch(urn, day, NO_RECORD)
        alone = service.landscape(urn, day, NO_RECORD)
        made = lines.of(sketch).encode("utf-8", errors="replace")
        assert made == made_line(alone, programmes, form)
        assert rows.of(sketch) == row(alone, programmes)


def test_the_forms_hold_the_same(service: Service) -> None:
    as_csv = list(csv.DictReader(io.StringIO(written(service, "csv").decode(), newline="")))
    as_json = [json.loads(line) for line in written(service, "json-lines").splitlines()]
    assert len(as_csv) == len(as_json) == service.info.schools
    assert [int(r["urn"]) for r in as_csv] == sorted(r["urn"] for r in as_json)
    for one, other in zip(as_csv, as_json, strict=True):
        assert one.keys() == other.keys()
        for name, value in other.items():
            said = {True: "true", False: "false", None: ""}.get(value, str(value))
            if isinstance(value, int | float) and not isinstance(value, bool):
                said = str(value)
            assert one[name].lstrip("'") == said.lstrip("'")


def test_columns_keep_their_names(service: Service) -> None:
    """Researchers' queries hold on to them: add at will, rename or remove never."""
    names = [name for name, _ in fields(service.directory.programmes)]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() and name == name.lower() for name in names)
    documented = (ROOT / "docs" / "exports.md").read_text("utf-8")
    for field in [column for part in SCHOOL_PARTS for column in part.columns]:
        assert f"`{field.name}`" in documented, field.name
    for ending in ("nearby_share", "nearby_unsure"):
        assert f"`…_{ending}`" in documented
        assert f"english_hub_{ending}" in names
    for ending in ("claim", "hub", "hub_id", "km", "confidence", "others", "nearest_km"):
        assert f"`…_{ending}`" in documented
        assert f"english_hub_{ending}" in names


@pytest.mark.parametrize(
    "text", [*HOSTILE, "=1+1", "@SUM(A1)", 'a","b'], ids=lambda t: repr(t)[:20]
)
def test_hostile_text_stays_in_its_cell(service: Service, text: str) -> None:
    programmes = service.directory.programmes
    shown = poisoned(service.landscape(SCHOOL, DAY), text)

    def lines(form: str) -> bytes:
        return made_line(shown, programmes, form) * 2

    for form in ("csv", "json-lines"):
        line = EnglandRows(programmes, LINES[form]).of(Sketch.of(shown))
        assert line.encode("utf-8", errors="replace") * 2 == lines(form)
    rows = list(csv.reader(io.StringIO(lines("csv").decode(), newline="")))
    assert [len(r) for r in rows] == [len(fields(programmes))] * 2
    assert not any(v[:1] in ("=", "+", "@") or "\x1b" in v for r in rows for v in r if v)
    assert len(lines("json-lines").splitlines()) == 2


def test_parquet_is_typed(service: Service, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow isn't installed")
    file = tmp_path / "out" / "e.parquet"
    assert run(["export", "england", "--parquet", str(file), "--as-at", "2026-11-22"]) == 0
    read = parquet.read_table(file)
    assert read.num_rows == service.info.schools
    kinds = {field.name: str(field.type) for field in read.schema}
    assert kinds["urn"] == "int32"
    assert kinds["name"] == "string"
    assert kinds["state_funded"] == "bool"
    assert kinds["opened"] == "date32[day]"
    assert kinds["maths_hub_km"] == "double"
    rows = [json.loads(line) for line in written(service, "json-lines").splitlines()]
    for one, other in zip(read.to_pylist(), rows, strict=True):
        dated = {k: v.isoformat() if isinstance(v, date) else v for k, v in one.items()}
        assert dated == other


def test_without_pyarrow_one_sentence_says_what_to_do(
    service: Service, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run(["export", "england", "--parquet", str(tmp_path / "out" / "e.parquet")]) == 1
    said = capsys.readouterr().err
    assert 'pip install "school-navigator[parquet]"' in said
    assert not list((tmp_path / "out").iterdir())


def test_the_command_names_the_file_and_counts(
    service: Service, tmp_path: Path, capsys: Capture
) -> None:
    assert run(["export", "england", "--csv", str(tmp_path / "out")]) == 0
    (file,) = (tmp_path / "out").iterdir()
    assert file.name == f"England {service.info.day.isoformat()}.csv"
    said = capsys.readouterr()
    assert f"{service.info.schools} schools, a row each" in said.out
    assert "Sample: 3 areas" in said.err


# --- stopped ---


def test_stopped_midway_nothing_is_left(
    service: Service, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out" / "e.csv"
    file.write_text("the last one")

    def stop(self: object, done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("navigator.cli.common.Bar.show", stop)
    assert run(["export", "england", "--csv", str(file), "--force"]) == 130
    assert "stopped; nothing was changed" in capsys.readouterr().err
    assert file.read_text() == "the last one"
    assert [f.name for f in (tmp_path / "out").iterdir()] == ["e.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_killed_while_it_writes_nothing_is_left(
    england: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(Path(england.info.path).parent))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    command = [sys.executable, "-m", "navigator", "export", "england", "--csv", "e.csv"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    wanted = tmp_path / f".navigator-{process.pid}.csv.tmp"
    for _ in range(600):
        if wanted.exists() and wanted.stat().st_size > 10_000:
            break
        time.sleep(0.05)
    assert wanted.exists(), "it never began to write"
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == b"navigator: stopped; nothing was changed.\n"
    assert not list(tmp_path.glob("*.csv"))
    assert not wanted.exists()


# --- all of England ---


def test_england_has_a_row_for_each_school(england: Register) -> None:
    service = Service(Path(england.info.path).parent)
    export = Export(service, DAY, "csv")
    assert export.schools == england.info.schools
    programmes = service.directory.programmes
    for urn in england.open_urns()[::80]:
        landscape = service.landscape(urn, DAY)
        shown, contract = told(programmes, landscape), as_dict(landscape)
        assert shown["urn"] == urn
        assert shown["la_name"] == (contract["school"]["la"]["name"] or None)
        trust = contract["trust"] or {}
        if trust:
            assert (shown["trust_schools"], shown["trust_band"]) == (
                trust["size"],
                trust["size_band"],
            )
        for hub in contract["hubs"]:
            of = hub["programme"].replace("-", "_")
            assert shown[f"{of}_claim"] == hub["claim"]
            assert shown[f"{of}_km"] == hub["distance_km"]
            if f"{of}_nearby_share" in shown and shown[f"{of}_nearby_share"] is not None:
                counted = sum(hub["programme"] in n["shares"] for n in contract["nearby"])
                assert shown[f"{of}_nearby_share"] == counted
    service.close()
