"""Downloads that break off, gone on with from servers that hold another file by then."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from navigator.core.errors import NavigatorError
from navigator.register import download, open_register, update_over_network
from tests.attack.backups import folders
from tests.attack.counts import Counts, share_of
from tests.register.server import Served, Turn, serving

WHOLE = 20


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("resumes")
    chance = random.Random(5)
    pause, tries, download.PAUSE = download.PAUSE, download.TRIES, 0.01
    try:
        for number in range(share_of(WHOLE, share)):
            counts.inputs += 1
            with folders(folder), serving() as served:
                _resume(number, chance, served, folder / f"data{number}", counts)
    finally:
        download.PAUSE, download.TRIES = pause, tries
    return counts


def _resume(number: int, chance: random.Random, served: Served, data: Path, counts: Counts) -> None:
    import os

    os.environ["NAVIGATOR_REGISTER_URL"] = served.url
    name = f"resume {number}"
    served.publish(400)
    served.weak, served.if_range = number % 2 == 1, number % 4 < 2
    served.turns = [Turn(cut=chance.uniform(0.02, 0.98))]
    download.TRIES = 1
    try:
        update_over_network(data_dir=data)
        counts.lost.append(f"{name}: a file that broke off was taken")
    except NavigatorError:
        pass
    same_length = number % 3 > 0
    served.publish(400 if same_length else 420, first=200_000)
    if number % 5 > 1:  # it vouches for nothing any more
        served.etag = served.modified = False
    download.TRIES = 3
    try:
        update_over_network(data_dir=data)
    except NavigatorError as error:
        counts.lost.append(f"{name}: {error}")
        return
    except Exception as error:
        counts.tracebacks.append(f"{name}: {type(error).__name__}: {error}")
        return
    with closing(open_register(data)) as register:
        urns = register.open_urns()
    if urns != list(range(200_000, 200_400 if same_length else 200_420)):
        counts.mixed.append(name)
