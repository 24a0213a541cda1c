"""The app on the embedded sample, with a pinned day and folders of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator import clock
from navigator.atlas import Atlas
from navigator.ui.app import NavigatorApp
from navigator.workspace.settings import Settings

DAY = date(2026, 11, 22)
SCHOOL = 139217
"""Sneinton St Stephen's CofE Primary School, Nottingham, of Transform Trust."""

AppMaker = Callable[..., NavigatorApp]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the pinned day."""
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Atlas]:
    """The sample: the data folder holds no register."""
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    atlas = Atlas()
    yield atlas
    atlas.close()


@pytest.fixture
def make_app(atlas: Atlas) -> AppMaker:
    """Makes an app; `urn` None opens the finder."""

    def make(urn: int | None = SCHOOL, theme: str = "navigator-dark") -> NavigatorApp:
        landscape = atlas.landscape(urn, DAY) if urn else None
        return NavigatorApp(atlas, Settings(theme), landscape=landscape, as_at=DAY)

    return make
