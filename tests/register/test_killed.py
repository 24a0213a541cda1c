"""kill -9 of the real command while it fetches and builds: the register in use is always whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from navigator.register import open_register, update_from, update_over_network
from navigator.register.download import AGAIN_BYTES
from navigator.register.stopping import FOLDER
from tests.conftest import rounds
from tests.register import made
from tests.register.server import Served, days_ago, serving

ROOT = Path(__file__).parents[2]
KILLS = rounds(10, thorough=50)


def command(*arguments: str, data: Path, served: Served) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "navigator", "update", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "NAVIGATOR_DATA_DIR": str(data),
            "NAVIGATOR_CONFIG_DIR": str(data.parent / "config"),
            "NAVIGATOR_REGISTER_URL": served.url,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def where(data: Path) -> str:
    """What a killed update was at, by what it left."""
    if list(data.glob("build-*")):
        return "building"
    return "fetching" if any((data / FOLDER).glob("edubase*")) else "before or after"


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is not a signal there")
def test_killed_at_any_moment_the_register_is_whole_and_the_next_update_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, old = tmp_path / "data", tmp_path / "old"
    old.mkdir()
    path = made.write(old, made.schools(2_900), f"edubasealldata{days_ago(1):%Y%m%d}.csv")
    chance = random.Random(5)
    at: Counter[str] = Counter()
    with serving() as served:
        served.publish(3_000)
        whole_size = len(served.files[served.schools])
        served.slowly = 0.2 / (whole_size / 16_384)  # a fetch of a fifth of a second
        update_from(path, data)
        started = time.monotonic()
        said, _ = command(data=data, served=served).communicate()
        assert "Loaded England: 3,000 open schools" in said
        whole = time.monotonic() - started
        new = True
        for number in range(5 * KILLS):
            if number >= KILLS and at["fetching"] and at["building"]:
                break  # on a busy machine the first ones may all fall into one part
            if new:
                update_from(path, data)
            process = command(data=data, served=served)
            moment = (number % KILLS + chance.random()) / KILLS  # one in each part of an update
            time.sleep((0.35 + 0.67 * moment) * whole)
            process.kill()
            process.communicate()
            at[where(data)] += 1
            with closing(open_register(data)) as register:
                assert register.problem == ""
                assert not register.info.sample
                new = register.info.schools == 3_000
                assert new or register.info.schools == 2_900
                assert len(register.open_urns()) == register.info.schools
                assert register.search("made 7")
        update_from(path, data)
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        assert update_over_network(data_dir=data).info.schools == 3_000
    assert not list(data.glob("build-*"))
    assert not (data / FOLDER).exists()
    assert len(list(data.glob("register-*.sqlite"))) == 2
    assert at["fetching"], at
    assert at["building"], at


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is no signal to a process alone there")
def test_ctrl_c_says_that_nothing_was_changed(tmp_path: Path) -> None:
    import signal

    data = tmp_path / "data"
    with serving() as served:
        served.publish(3_000)
        served.slowly = 0.1
        process = command(data=data, served=served)
        part = data / FOLDER / f"{served.schools[1:]}.part"
        while not (part.exists() and part.stat().st_size):  # sent isn't yet received
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=10)
        assert process.returncode == 130
        assert said == "navigator: stopped; nothing was changed.\n"
        have = part.stat().st_size
        served.slowly = 0
        said, _ = command(data=data, served=served).communicate()
        assert "Loaded England: 3,000 open schools" in said
        assert f"bytes={max(have - AGAIN_BYTES, 0)}-" in [
            h.get("Range") for h in served.got(served.schools)
        ]
