"""A fetched register that was refused isn't fetched again the same day without a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.core.errors import RefusedTodayError
from navigator.register import open_register, update_from, update_over_network
from tests.register import made
from tests.register.server import Served, Turn, days_ago, serving


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(data))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    file = f"edubasealldata{days_ago(1):%Y%m%d}.csv"
    update_from(made.write(tmp_path, made.schools(400), file), data)
    return data


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server whose newest register has lost a third of its schools."""
    with serving() as served:
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        served.publish(250)
        yield served


def test_the_second_update_says_so_and_fetches_nothing(
    served: Served, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["update"]) == 1
    assert "probably not whole" in capsys.readouterr().err
    assert len(served.got(served.schools)) == 1

    assert run(["update"]) == 1
    said = capsys.readouterr().err
    assert "was refused earlier today, so it wasn't fetched again" in said
    assert "probably not whole" in said, "it says why once more"
    assert "navigator update --again" in said
    assert len(served.got(served.schools)) == 1

    assert run(["update", "--check"]) == 0
    told = capsys.readouterr().out
    assert "It was refused earlier today: " in told
    assert "probably not whole" in told
    assert "navigator update --again" in told
    assert "To take it, run" not in told

    assert run(["update", "--again"]) == 1
    assert len(served.got(served.schools)) == 2
    assert "probably not whole" in capsys.readouterr().err


def test_another_file_is_fetched_and_once_taken_nothing_is_kept(served: Served, data: Path) -> None:
    with pytest.raises(RefusedTodayError) as error:
        update_over_network(data_dir=data)
    assert not error.value.again
    assert (data / "refused.json").exists()
    served.publish(400)
    assert update_over_network(data_dir=data).taken
    assert not (data / "refused.json").exists()


def test_the_next_day_it_is_fetched_again(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        with pytest.raises(RefusedTodayError) as error:
            update_over_network(data_dir=data)
    assert error.value.again
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    with pytest.raises(RefusedTodayError) as error:
        update_over_network(data_dir=data)
    assert not error.value.again


def test_what_came_in_another_length_is_asked_for_again(served: Served, data: Path) -> None:
    """Something on the way changed it: another try may bring the file itself."""
    served.publish(400)
    served.turns = [Turn(200, {}, b"name,price\r\napple,3\r\n")]
    with pytest.raises(RefusedTodayError, match="is not the schools register"):
        update_over_network(data_dir=data)
    assert update_over_network(data_dir=data).taken


@pytest.mark.parametrize("kept", ["", "[]", '{"day": 5}', "\xff"])
def test_a_note_that_cant_be_read_is_no_bar(served: Served, data: Path, kept: str) -> None:
    (data / "refused.json").write_text(kept, "latin-1")
    served.publish(400)
    assert update_over_network(data_dir=data).taken
    assert open_register(data).info.schools == 400
