"""Counts what an update fetches: `python -m tests.benchmarks.update` prints one JSON object.

From a real server on this machine that counts the bytes it sends. Measured: what comes again after
a break at 90 % of the establishment file, as a share of the file (0.1 is the missing tenth), and
the whole update's time against bare httpx reading the same bytes from the same server.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from pathlib import Path
from statistics import median

from navigator.register import update_from, update_over_network
from navigator.register.download import client
from tests.register import made
from tests.register.server import Served, Turn, days_ago, serving
from tests.tools.timing import seconds

SCHOOLS = 30_000
ROUNDS = 5


def main() -> None:
    with serving() as served, tempfile.TemporaryDirectory() as folder:
        os.environ["NAVIGATOR_REGISTER_URL"] = served.url
        served.publish(SCHOOLS)
        size = len(served.files[served.schools])
        old = made.write(
            Path(folder), made.schools(SCHOOLS), f"edubasealldata{days_ago(1):%Y%m%d}.csv"
        )
        broken, bare, fetched, built = [], [], [], []
        for number in range(ROUNDS):
            data = Path(folder) / f"{number}"
            served.turns = [Turn(cut=0.9)]
            served.sent.clear()
            update_over_network(data_dir=data)
            broken.append(served.sent[served.schools] - int(size * 0.9))
            bare.append(seconds(lambda: asyncio.run(_bare(served))))
            built.append(seconds(lambda: update_from(old, data)))  # noqa: B023
            fetched.append(seconds(lambda: update_over_network(data_dir=data)))  # noqa: B023
        told = {
            "file_bytes": size,
            "after_break_at_90_percent_bytes": max(broken),
            "after_break_ratio": round(max(broken) / size, 4),
            "bare_download_s": round(median(bare), 3),
            "build_s": round(median(built), 3),
            "update_s": round(median(fetched), 3),
            "update_to_bare_and_build": round(median(fetched) / (median(bare) + median(built)), 2),
        }
    print(json.dumps(told, indent=2))


async def _bare(served: Served) -> None:
    async with client() as http:
        for path in served.files:
            async with http.stream("GET", served.url + path) as answer:
                async for _ in answer.aiter_raw():
                    pass


if __name__ == "__main__":
    main()
