"""What Navigator needs: pure Python, locked by hashes, and each with its reason in the docs."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from itertools import product

import pytest
from packaging.requirements import Requirement

from tests.tools.lock import LOCK, PYTHONS, canonical, is_pure
from tests.tools.pyz import ROOT, needed

QUICKER = {"markupsafe"}
"""Compiled where there is a wheel for the system, and the same in Python without: it only escapes
text faster. navigator.pyz leaves the compiled part out, and tests/test_pyz.py runs that one."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PLATFORMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
)


@pytest.fixture(scope="module")
def base() -> dict[str, Distribution]:
    return {canonical(found): found for found in needed()}


@pytest.fixture(scope="module")
def locked() -> dict[str, tuple[str, set[str]]]:
    """By package: its version, the hashes of its wheels."""
    text = "\n".join(line for line in LOCK.read_text("utf-8").splitlines() if line[:1] != "#")
    found = {}
    for entry in text.replace("\\\n", " ").strip().splitlines():
        pinned, *hashes = entry.split()
        name, version = pinned.split("==")
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), entry
        found[name] = (version, set(hashes))
    return found


def test_the_base_set_is_pure_python(base: dict[str, Distribution]) -> None:
    assert {name for name, found in base.items() if not is_pure(found)} <= QUICKER
    assert len(base) > len(PROJECT["dependencies"]), "what those need is looked at, too"


def test_what_is_quicker_compiled_works_without() -> None:
    files = {str(path) for path in distribution("markupsafe").files or ()}
    assert "markupsafe/_native.py" in files


def test_a_compiled_package_would_be_seen() -> None:
    assert not is_pure(distribution("mypy"))


def test_the_lock_holds_all_that_is_needed_on_every_system(
    base: dict[str, Distribution], locked: dict[str, tuple[str, set[str]]]
) -> None:
    for text in PROJECT["dependencies"]:
        wanted = Requirement(text)
        version, _ = locked[canonical_name(wanted)]
        assert wanted.specifier.contains(version, prereleases=True), text
    for found in base.values():
        for text in found.requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or any(
                wanted.marker.evaluate(
                    {**where, "extra": "", "python_version": v, "python_full_version": f"{v}.4"}
                )
                for where, v in product(PLATFORMS, PYTHONS)
            ):
                assert canonical_name(wanted) in locked, f"{found.name} needs {text}"


def test_one_wheel_a_package_but_of_what_is_compiled(
    locked: dict[str, tuple[str, set[str]]],
) -> None:
    several = {name for name, (_, hashes) in locked.items() if len(hashes) > 1}
    assert several <= QUICKER


def test_no_address_is_in_the_lock() -> None:
    said = LOCK.read_text("utf-8")
    assert "://" not in said
    assert "index-url" not in said


def canonical_name(wanted: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", wanted.name).lower()


def _with_all_it_needs(text: str, seen: set[str]) -> None:
    wanted = Requirement(text)
    name = canonical_name(wanted)
    if name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
        return
    seen.add(name)
    try:
        found = distribution(name)
    except PackageNotFoundError:  # an extra that isn't installed here (pyarrow) needs nothing
        return
    for more in found.requires or ():
        _with_all_it_needs(more, seen)


def test_each_has_its_line_in_the_docs(base: dict[str, Distribution]) -> None:
    """Of the base set and of the extras for users, with all that they need in turn."""
    every = set(base)
    for extra in ("serve", "parquet"):
        for text in PROJECT["optional-dependencies"][extra]:
            _with_all_it_needs(text, every)
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    told = dict(re.findall(r"^\| ([\w-]+) \| ([^|]+) \|", page, re.MULTILINE))
    assert {name for name in every if not told.get(name, "").strip()} == set()
