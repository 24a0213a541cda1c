"""Checksums beside a file: what they vouch for, in every form that tools write them in."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from navigator.core.errors import RefusedError
from navigator.directory import taking
from navigator.register import download as downloading
from navigator.register import open_register, update_from, update_over_network
from navigator.storage import sums
from tests.register import made
from tests.register.server import Served, serving

DATA = b"what was published"
GOOD = hashlib.sha256(DATA).hexdigest()
BAD = hashlib.sha256(b"another").hexdigest()
NAME = "edubasealldata20261101.csv"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a file.zip"
    path.write_bytes(DATA)
    return path


FORMS = ("{}  a file.zip\n", "{} *a file.zip\n", "SHA256 (a file.zip) = {}\r\n", "{}  ./a file.zip")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["SHA256SUMS", "a file.zip.sha256"])
def test_every_form_is_looked_at(file: Path, where: str, form: str) -> None:
    beside = file.with_name(where)
    beside.write_text("# made by hand\n" + form.format(GOOD.upper()), "utf-8")
    sums.verify(file)
    beside.write_text(form.format(BAD), "utf-8")
    with pytest.raises(RefusedError, match=r"isn't the file that .* has a checksum of"):
        sums.verify(file)


def test_a_bare_sum_is_the_files_own(file: Path) -> None:
    file.with_name("a file.zip.sha256").write_text(GOOD)
    sums.verify(file)
    file.with_name("a file.zip.sha256").write_text(BAD)
    with pytest.raises(RefusedError):
        sums.verify(file)


def test_one_that_says_nothing_of_it(file: Path) -> None:
    file.with_name("SHA256SUMS").write_text(f"{BAD}  another.zip\n{BAD}\n")
    sums.verify(file)
    file.with_name("a file.zip.sha256").write_bytes(b"\xff\x00 nothing")
    with pytest.raises(RefusedError, match="holds no checksum"):
        sums.verify(file)


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_register_by_hand(tmp_path: Path) -> None:
    data, given = tmp_path / "data", tmp_path / "given"
    given.mkdir()
    file = made.write(given, made.schools(3), NAME)
    whole = _sum(file)
    (given / "SHA256SUMS").write_text(f"{whole}  {NAME}\n")
    assert update_from(given, data).schools == 3

    made.write(given, made.schools(4), NAME)
    with pytest.raises(RefusedError, match=r"isn't the file that SHA256SUMS beside it") as error:
        update_from(file, data)
    assert str(error.value).count("nothing was changed") == 1
    assert open_register(data).info.schools == 3

    packed = given / f"{NAME}.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    file.unlink()
    with pytest.raises(RefusedError, match="isn't the file"):  # of what is in it
        update_from(packed, data)
    (given / "SHA256SUMS").write_text(f"{_sum(packed)}  {packed.name}\n")
    assert update_from(packed, data).schools == 4


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setattr(downloading, "PAUSE", 0.005)
    with serving() as served:
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        served.publish()
        yield served


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("packs", [True, False])
def test_a_register_over_the_network(
    served: Served, tmp_path: Path, own: bool, packs: bool
) -> None:
    served.packs = packs
    data, names = tmp_path / "data", [path[1:] for path in served.files]
    told = {name: hashlib.sha256(served.files[f"/{name}"]).hexdigest() for name in names}
    trusts = next(name for name in names if name.startswith("allgroups"))

    def publish(given: dict[str, str]) -> None:
        lines = {name: f"{given[name]}  {name}\n" for name in names}
        beside = (
            {f"/{name}.sha256": line for name, line in lines.items()}
            if own
            else {"/SHA256SUMS": "".join(lines.values())}
        )
        served.files |= {path: text.encode() for path, text in beside.items()}

    publish({**told, trusts: BAD})
    with pytest.raises(RefusedError, match=f"{trusts} isn't the file"):
        update_over_network(data_dir=data)
    assert open_register(data).info.sample
    publish(told)
    assert update_over_network(data_dir=data, again=True).taken


@pytest.mark.parametrize("every", [True, False])
def test_a_page_in_the_place_of_a_checksum_is_none(
    served: Served, tmp_path: Path, every: bool
) -> None:
    page = b'{"error": "no such file"}'  # one in HTML is none already
    beside = [f"{path}.sha256" for path in served.files]
    served.files |= dict.fromkeys([*beside, *(["/SHA256SUMS"] if every else [])], page)
    assert update_over_network(data_dir=tmp_path / "data").taken
    # a list that is none hides no file's own checksum
    served.files[beside[0]] = f"{BAD}\n".encode()
    with pytest.raises(RefusedError, match="isn't the file"):
        update_over_network(data_dir=tmp_path / "other")


def test_dfe_is_not_asked_for_what_it_does_not_publish(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from navigator.register import fetch

    monkeypatch.setattr(fetch, "DFE", served.url)
    update_over_network(data_dir=tmp_path / "data")
    assert {Path(path).suffix for _, path, _ in served.asked} == {".csv"}


def test_a_pack_of_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "newer"
    shutil.copytree(Path(__file__).parents[2] / "data", folder)
    registry = folder / "programmes.toml"
    registry.write_text(f'version = "2099-01-01"\n{_without_version(registry)}', "utf-8")
    pack = tmp_path / "facts.zip"
    taking.build(folder, pack)
    (tmp_path / "facts.zip.sha256").write_text(f"{_sum(pack)}  facts.zip\n")
    with taking.unpacked(pack, tmp_path / "data") as taken:
        assert taken.version == "2099-01-01"
    (tmp_path / "facts.zip.sha256").write_text(f"{BAD}  facts.zip\n")
    with (
        pytest.raises(RefusedError, match=r"facts.zip isn't the file that facts.zip.sha256"),
        taking.unpacked(pack, tmp_path / "data"),
    ):
        pass


def _without_version(registry: Path) -> str:
    lines = registry.read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("version"))
