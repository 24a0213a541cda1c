"""The app on the embedded sample, with a pinned day and folders of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core import clock
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens import waiting

DAY = date(2026, 11, 22)
SCHOOL = 139217
"""Sneinton St Stephen's CofE Primary School, Nottingham, of Transform Trust."""

AppMaker = Callable[..., NavigatorApp]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the pinned day."""
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def service(folders: Path) -> Iterator[Service]:
    """The sample: the data folder holds no register."""
    service = Service()
    yield service
    service.close()


@pytest.fixture
def make_app(service: Service) -> AppMaker:
    """Makes an app; `urn` None opens the finder."""

    def make(urn: int | None = SCHOOL, theme: str = "navigator-dark") -> NavigatorApp:
        landscape = service.landscape(urn, DAY) if urn else None
        settings = Settings(theme, ask_school=False)
        return NavigatorApp(service, settings, landscape=landscape, as_at=DAY)

    return make


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the computer is: only tests of waiting see a page that takes a while."""
    monkeypatch.setattr(waiting, "PATIENCE", 60)
