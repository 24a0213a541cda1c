"""All landscapes of the register in one process: python -m tests.benchmarks.landscapes

Prints schools per second and the ratio to the floor: one SELECT of every row of the same register
made into `School`s. Uses the register in NAVIGATOR_DATA_DIR. A school that raises ends it.
"""

from __future__ import annotations

import json
import resource
import time
from datetime import date

from navigator.export.contract import landscape_json
from navigator.service import Service


def main() -> None:
    service = Service()
    urns = service.register.open_urns()
    start = time.perf_counter()
    for urn in urns:
        service.register.get(urn)
    floor = time.perf_counter() - start
    start = time.perf_counter()
    size = 0
    for urn in urns:
        size += len(landscape_json(service.landscape(urn, date.today())))
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                "schools": len(urns),
                "seconds": round(seconds, 1),
                "schools_per_second": round(len(urns) / seconds),
                "ratio_to_reading_each_school": round(seconds / floor, 1),
                "json_mb": round(size / 1e6, 1),
                "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    )


if __name__ == "__main__":
    main()
