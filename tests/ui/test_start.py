"""What the first frame of a landscape costs, told without a clock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from navigator.core import paths
from navigator.directory import keep, open_directory
from navigator.ui.base import OTHERS
from tests.ui.conftest import AppMaker

OPENED = """
import sys
from navigator.cli import run
from navigator.ui.app import NavigatorApp
NavigatorApp.run = lambda app: app.get_default_screen().told_to_end()
code = run(["139217"])
print(code, *sys.modules)
"""


def test_a_landscape_opens_without_what_it_does_not_need(tmp_path: Path) -> None:
    folders = {f"NAVIGATOR_{name}_DIR": str(tmp_path / name) for name in ("DATA", "CONFIG")}
    data = tmp_path / "DATA"
    data.mkdir()
    keep(open_directory(paths.facts_dir(), None, data), data)
    recents = tmp_path / "CONFIG" / "recents.toml"
    recents.parent.mkdir()
    recents.write_text('[[recent]]\nid = "recent-1"\nurn = 139217\nname = "A"\n')
    done = subprocess.run(
        [sys.executable, "-c", OPENED],
        capture_output=True,
        text=True,
        check=True,
        env={**folders, "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "TERM": "xterm"},
    )
    code, *loaded = done.stdout.split()
    assert code == "0"
    assert "navigator.ui.screens.landscape" in loaded
    needless = {
        *("argparse", "filelock", "tomlkit", "tomli_w", "dateutil", "httpx"),
        *("navigator.cli.main", "navigator.cli.commands", "navigator.export.forms"),
        *("navigator.directory.reading", "navigator.directory.tables"),
        *("navigator.directory.programmes", "navigator.directory.columns"),
        *("navigator.directory.read_facts", "navigator.directory.read_places"),
        *("navigator.directory.summary", "navigator.storage.once"),
        *("navigator.ui.screens.finder", "navigator.ui.forms.form", "navigator.ui.opening"),
        *("navigator.ui.edits", "navigator.ui.widgets.section_lines"),
        "navigator.view.record_sections",
        *("navigator.core.values", "navigator.core.dates", "navigator.core.postcodes"),
        *("navigator.records.record_file", "navigator.records.toml_text"),
        *("navigator.records.written", "navigator.records.drafts", "navigator.records.seen"),
        *("navigator.records.last_change", "navigator.storage.process"),
        *("navigator.register.ahead", "navigator.register.census"),
        *("navigator.register.counting", "navigator.register.found"),
    }
    assert not needless.intersection(loaded)


async def test_the_style_sheet_is_read_once_and_only_what_the_landscape_needs_of_it(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counted(sheet: Stylesheet) -> None:
        again.append(sheet)
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counted)
    app = make_app(theme="navigator-light")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert app.theme == "navigator-light"
        assert app.has_class("-light-mode")
        assert not again
        assert not app.stylesheet.has_source(str(OTHERS))
        await pilot.press("f1")
        await pilot.pause()
        assert app.stylesheet.has_source(str(OTHERS))


async def test_the_finder_has_its_style_sheet_from_the_start(make_app: AppMaker) -> None:
    app = make_app(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.query_one("#finder-box").styles.border_top[0] == "heavy"
