"""A tenth of the attack, each time the tests run; all of it: `python -m tests.attack`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.attack.kinds import KINDS, attacked

SHARE = 0.1


@pytest.mark.skipif(os.name == "nt", reason="the attack uses signals, shells and terminals of Unix")
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_falls(kind: str, tmp_path: Path) -> None:
    counts = attacked(kind, SHARE, tmp_path)
    if counts.skipped:
        pytest.skip(counts.skipped)
    assert counts.inputs
    assert counts.fell == []
