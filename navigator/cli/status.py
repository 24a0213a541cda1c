"""What is in use and where it lies; the check of a folder of facts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import add_json, open_service, warn
from navigator.core import clock
from navigator.core.errors import NavigatorError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser


def status(command: Parser) -> Run:
    command.add_argument(
        "--facts", action="store_true", help="each table of facts: rows, sources, what it covers"
    )
    add_json(command)
    return _status


def check_facts(command: Parser) -> Run:
    command.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="the folder; ours if left out"
    )
    return _check_facts


def _status(given: argparse.Namespace) -> int:
    from navigator.export.status import facts_json, facts_text, status_json, status_text

    with open_service() as service:
        if service.info.path:
            service.leave_damaged()
        warn(service.own_fault)
        if given.json:
            made = facts_json if given.facts else status_json
        else:
            made = facts_text if given.facts else status_text
        print(made(service, clock.today()))
    return 0


def _check_facts(given: argparse.Namespace) -> int:
    from navigator.directory import packs
    from navigator.directory.check import check
    from navigator.service import Service

    folder = given.folder or packs.in_use().folder
    if not folder.is_dir():
        raise NavigatorError(f"There is no folder {folder}. Give the folder that holds the tables.")
    service = Service()
    # The sample holds few schools: against it most leads would seem unknown.
    lead = None if service.info.sample else service.lead_known
    faults = check(folder, lead=lead, register_name=service.info.name)
    for fault in faults:
        print(fault)
    if faults:
        warn(f"{len(faults)} to mend in {folder}.")
        return 1
    print(f"No fault found in {folder}.")
    if lead is None:
        print("Lead schools weren't looked up: that needs all of England (navigator update).")
    return 0
