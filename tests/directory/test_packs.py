"""Facts that travel as a pack: taken whole or not at all, the newer wins, undone, no slower."""

from __future__ import annotations

import hashlib
import json
import shutil
import ssl
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import trustme
from filelock import FileLock

from navigator.cli import run
from navigator.core import paths
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.paths import facts_dir
from navigator.directory import open_directory, packs, planning, taking
from navigator.register.fetch import fetch_file
from navigator.service import Service
from tests.directory.test_own_programmes import REGISTRY, TABLE, folder
from tests.register.server import serving

DAY = date(2026, 11, 27)
MINE = 139217


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts of a later day, in which an English Hub has another name."""
    folder = tmp_path_factory.mktemp("newer") / "data"
    shutil.copytree(facts_dir(), folder, ignore=shutil.ignore_patterns("sample"))
    registry = folder / "programmes.toml"
    text = registry.read_text("utf-8")
    ours = packs.version_of(facts_dir())
    registry.write_text(text.replace(f'version = "{ours}"', 'version = "2027-01-05"'), "utf-8")
    table = folder / "programmes" / "english-hub.csv"
    text = table.read_text("utf-8")
    table.write_text(text.replace("Flying High English Hub", "Soaring English Hub"), "utf-8")
    return folder


@pytest.fixture(scope="session")
def pack(newer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pack") / "facts.zip"
    assert taking.build(newer, file) == "2027-01-05"
    return file


@pytest.fixture
def data(folders: Path) -> Path:
    """A data folder that is nobody's, on which the sample is in use."""
    return folders / "data"


def test_a_pack_is_taken_told_and_undone(
    pack: Path, data: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(f"school = {MINE}\n")
    told = (
        "your English Hub: Flying High English Hub (names your area) is now Soaring English Hub "
        "(names your area)"
    )
    assert run(["update", "--facts", str(pack), "--check"]) == 0
    said = capsys.readouterr().out
    assert told in said
    assert "Nothing was taken." in said
    assert "Would take" in said
    assert not packs.facts_in_use(data).taken
    assert run(["update", "--facts", str(pack)]) == 0
    said = capsys.readouterr().out
    assert told in said
    assert "English Hub: 1 changed" in said
    assert run(["status"]) == 0
    status = capsys.readouterr().out
    assert "of 5 January 2027, a pack that was taken; newer than ours, of" in status
    assert run(["show", str(MINE)]) == 0
    assert "Soaring English Hub" in capsys.readouterr().out
    for more in ([], ["--check"]):
        assert run(["update", "--facts", str(pack), *more]) == 1
        told_why = capsys.readouterr()
        assert "are as new as those in use (2027-01-05): nothing" in told_why.err
        assert "Would take" not in told_why.out
    assert run(["update", "--facts", "--undo"]) == 0
    said = capsys.readouterr().out
    assert "Soaring English Hub (names your area) is now Flying High English Hub" in said
    assert packs.facts_in_use(data) == (facts_dir(), packs.version_of(facts_dir()), False)
    assert run(["update", "--facts", "--undo"]) == 0, "the same again goes forth"
    assert packs.facts_in_use(data).version == "2027-01-05"


def test_the_same_facts_give_the_same_bytes(newer: Path, pack: Path, tmp_path: Path) -> None:
    taking.build(newer, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == pack.read_bytes()


def test_ours_win_once_they_are_as_new(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch, newer: Path
) -> None:
    Service(data).take_facts(pack, None, DAY, take=True)
    assert packs.in_use(data).taken
    monkeypatch.setattr("navigator.core.paths.facts_dir", lambda: newer)
    assert packs.in_use(data) == (newer, "", False)


def test_of_two_packs_the_one_before_is_kept(pack: Path, data: Path, newer: Path) -> None:
    service = Service(data)
    service.take_facts(pack, None, DAY, take=True)
    for version in ("2027-01-05.2", "2027-02-01"):
        folder = shutil.copytree(newer, data.parent / version)
        registry = folder / "programmes.toml"
        registry.write_text(registry.read_text("utf-8").replace('"2027-01-05"', f'"{version}"'))
        taking.build(folder, data.parent / "next.zip")
        service.take_facts(data.parent / "next.zip", None, DAY, take=True)
    held = sorted(path.name.rpartition("-")[0] for path in (data / "facts").iterdir())
    assert held == ["", "2027-01-05.2", "2027-02-01"]  # "" is the pointer
    assert service.undo_facts(None, DAY).version == "2027-01-05.2"


def test_a_fault_in_own_facts_holds_nothing_up(
    pack: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.own_facts_dir().mkdir(parents=True)
    folder(paths.own_facts_dir(), table=TABLE.replace("Nottinghamshire,LA", "Nowhere,LA"))
    assert "chess-hub.csv, line 2" in Service(data).own_fault
    for words in (["--check"], [], ["--undo"], ["--undo"]):
        given = ["update", "--facts", *([] if "--undo" in words else [str(pack)]), *words]
        assert run(given) == 0, capsys.readouterr().err
        assert "English Hub: 1 changed" in capsys.readouterr().out
    assert packs.facts_in_use(data).taken


def test_own_facts_that_a_pack_would_break_are_told_by_a_look_too(
    newer: Path, data: Path, tmp_path: Path
) -> None:
    paths.own_facts_dir().mkdir(parents=True)
    folder(paths.own_facts_dir())
    theirs = shutil.copytree(newer, tmp_path / "next")
    with (theirs / "programmes.toml").open("a", encoding="utf-8") as registry:
        registry.write(f'\n{REGISTRY}source = "https://chess.example"\n')
    (theirs / "programmes" / "chess-hub.csv").write_text(TABLE, "utf-8")
    taking.build(theirs, tmp_path / "next.zip")
    for take in (False, True):
        with pytest.raises(RefusedError, match=r"your own couldn't all be read .*is taken"):
            Service(data).take_facts(tmp_path / "next.zip", None, DAY, take=take)
    assert not packs.facts_in_use(data).taken


def test_an_undo_whose_news_fail_changes_nothing(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(data)
    service.take_facts(pack, None, DAY, take=True)

    def fail(*_: object) -> list[str]:
        raise NavigatorError("No.")

    monkeypatch.setattr("navigator.view.fact_changes.by_table", fail)
    with pytest.raises(NavigatorError, match="No"):
        service.undo_facts(None, DAY)
    assert packs.facts_in_use(data).taken


def test_an_undo_that_changes_nothing_is_refused(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch, newer: Path
) -> None:
    Service(data).take_facts(pack, None, DAY, take=True)
    monkeypatch.setattr("navigator.core.paths.facts_dir", lambda: newer)
    pointed = packs.names(data)
    with pytest.raises(RefusedError, match=r"came with Navigator \(2027-01-05\) would stay in use"):
        Service(data).undo_facts(None, DAY)
    assert packs.names(data) == pointed


def test_one_navigator_at_a_time_is_at_the_packs(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Service(data).take_facts(pack, None, DAY, take=True)
    monkeypatch.setattr(taking, "TURN_SECONDS", 0.05)
    asks: list[Callable[[], object]] = [
        lambda: Service(data).take_facts(pack, None, DAY, take=True),
        lambda: Service(data).take_facts(pack, None, DAY, take=False),
        lambda: Service(data).undo_facts(None, DAY),
    ]
    with FileLock(data / "facts.lock"):
        for ask in asks:
            with pytest.raises(NavigatorError, match="Another Navigator is taking facts"):
                ask()
    assert packs.facts_in_use(data).taken


Change = Callable[[dict[str, bytes], dict[str, object]], None]


def changed(pack: Path, target: Path, change: Change, *, sums: bool = True) -> Path:
    """A copy of a pack in which something is otherwise; `sums` mends the checksums after it."""
    with zipfile.ZipFile(pack) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("pack.json"))
    change(files, manifest)
    if sums:
        manifest["files"] = {n: hashlib.sha256(d).hexdigest() for n, d in files.items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.json", json.dumps(manifest))
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def wrong_code(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["networks.csv"] = files["networks.csv"].replace(b",202,", b",2O2,", 1)


def by_one_letter(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["README.md"] += b"!"


def climbing(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["../../evil.csv"] = b"id\n"


def on_windows(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["..\\evil.csv"] = b"id\n"


def a_program(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["programmes/evil.py"] = b"1\n"


def a_bomb(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["programmes/long.csv"] = b"0" * 61_000_000


def without_a_table(files: dict[str, bytes], _: dict[str, object]) -> None:
    del files["networks.csv"]


def with_a_table_of_tomorrow(files: dict[str, bytes], _: dict[str, object]) -> None:
    files["inspections.csv"] = b"id\n1\n"


def of_tomorrow(_: dict[str, bytes], manifest: dict[str, object]) -> None:
    manifest["format"] = 2


def of_no_day(_: dict[str, bytes], manifest: dict[str, object]) -> None:
    manifest["version"] = "2027-02-30"


def of_another_version(_: dict[str, bytes], manifest: dict[str, object]) -> None:
    manifest["version"] = "2027-03-01"


@pytest.mark.parametrize(
    ("change", "sums", "words"),
    [
        (wrong_code, True, "its facts have 1 to mend: networks.csv, line 2"),
        (by_one_letter, False, "README.md isn't as it was made"),
        (climbing, True, "names files that are no facts"),
        (on_windows, True, "names files that are no facts"),
        (a_program, True, "names files that are no facts"),
        (a_program, False, "holds other files than its list names"),
        (a_bomb, True, "holds far more than facts"),
        (without_a_table, True, "lacks networks.csv"),
        (of_tomorrow, True, "is for a newer Navigator"),
        (with_a_table_of_tomorrow, True, "is for a newer Navigator. Install that one"),
        (of_no_day, True, "doesn't say of which day it is"),
        (of_another_version, True, "of another version than it says"),
    ],
)
def test_what_is_not_whole_is_refused(
    pack: Path, data: Path, tmp_path: Path, change: Change, *, sums: bool, words: str
) -> None:
    bad = changed(pack, tmp_path / "bad.zip", change, sums=sums)
    with pytest.raises(RefusedError, match=words):
        Service(data).take_facts(bad, None, DAY, take=True)
    assert not packs.facts_in_use(data).taken
    assert not [path for path in (data / "facts").iterdir() if path.is_dir()]
    assert not list(tmp_path.rglob("evil*"))


def test_a_pack_of_before_a_table_is_taken_and_ours_stands_in_its_place(
    pack: Path, data: Path, tmp_path: Path
) -> None:
    def change(files: dict[str, bytes], _: dict[str, object]) -> None:
        for name in taking.LATER:
            del files[name]

    old = changed(pack, tmp_path / "old.zip", change)
    Service(data).take_facts(old, None, DAY, take=True)
    assert packs.facts_in_use(data).version == "2027-01-05"
    planning.bank_holidays.cache_clear()
    assert date(2026, 12, 25) in planning.bank_holidays()
    planning.bank_holidays.cache_clear()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pack_is_refused(data: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.zip"
    file.write_bytes(content)
    with pytest.raises(RefusedError, match="can't be taken as facts"):
        Service(data).take_facts(file, None, DAY, take=True)


def test_older_facts_are_refused(data: Path, tmp_path: Path) -> None:
    taking.build(facts_dir(), tmp_path / "same.zip")
    with pytest.raises(RefusedError, match="are as new as those in use"):
        Service(data).take_facts(tmp_path / "same.zip", None, DAY, take=True)
    with pytest.raises(RefusedError, match="nothing to go back to"):
        Service(data).undo_facts(None, DAY)


def test_a_folder_without_a_version_or_with_a_fault_is_not_packed(
    newer: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(newer, tmp_path / "data")
    registry = folder / "programmes.toml"
    text = registry.read_text("utf-8")
    registry.write_text(text.replace('version = "2027-01-05"\n', ""), "utf-8")
    with pytest.raises(RefusedError, match="needs a line such as version"):
        taking.build(folder, tmp_path / "x.zip")
    registry.write_text(text.replace('"2027-01-05"', '"2026-01-05"'), "utf-8")
    with pytest.raises(RefusedError, match="is older than the newest row"):
        taking.build(folder, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_a_pack_whose_folder_is_gone_leaves_ours(pack: Path, data: Path) -> None:
    Service(data).take_facts(pack, None, DAY, take=True)
    shutil.rmtree(packs.in_use(data).folder)
    assert packs.facts_in_use(data).folder == facts_dir()
    assert open_directory().folder == facts_dir()


@pytest.mark.parametrize("said", ["../../etc", "..", "a\\b", "", "\x00", "2999-01-01-zz"])
def test_a_pointer_that_names_anything_else_leaves_ours(data: Path, said: str) -> None:
    (data / "facts").mkdir(parents=True)
    (data / "facts" / "current").write_text(f"{said}\n", "utf-8")
    assert packs.facts_in_use(data).folder == facts_dir()


# --- over the network ---


@pytest.mark.parametrize("address", ["http://example.org/f.zip", "ftp://x.org/f", "https://", "x"])
def test_only_https_will_do(tmp_path: Path, address: str) -> None:
    with pytest.raises(RefusedError, match="begins with https://"):
        fetch_file(address, tmp_path, most=1000)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the store is named by SSL_CERT_FILE"
)
def test_a_pack_is_fetched(
    pack: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "store.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "store.pem"))
    with serving(context) as served:
        served.files["/facts.zip"] = pack.read_bytes()
        with pytest.raises(RefusedError, match="sends more than 0 MB"):
            fetch_file(f"{served.url}/facts.zip", tmp_path, most=10_000)
        with pytest.raises(NavigatorError, match="has no such file"):
            fetch_file(f"{served.url}/none.zip", tmp_path, most=10_000)
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "settings.toml").write_text(
            f'facts_url = "{served.url}/facts.zip"\n'
        )
        served.files["/SHA256SUMS"] = f"{'0' * 64}  facts.zip\n".encode()
        assert run(["update", "--facts"]) == 1
        assert "isn't the file that SHA256SUMS beside it" in capsys.readouterr().err
        assert not packs.facts_in_use(data).taken
        whole = hashlib.sha256(pack.read_bytes()).hexdigest()
        served.files["/SHA256SUMS"] = f"{whole}  facts.zip\n".encode()
        # of a server that answers whatever it is asked
        served.files["/facts.zip.sha256"] = b'{"error": "no such file"}'
        assert run(["update", "--facts"]) == 0
    assert "Took the facts of 5 January 2027" in capsys.readouterr().out
    assert packs.facts_in_use(data).taken


def test_without_a_file_or_address(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["update", "--facts"]) == 1
    assert "Give a file or an https:// address" in capsys.readouterr().err
    assert run(["update", "--facts", "x.zip", "--from", "y"]) == 1
    assert "--from is for the register" in capsys.readouterr().err
    assert run(["update", "--facts", "x.zip", "--again"]) == 1
    assert "--again is for the register" in capsys.readouterr().err
