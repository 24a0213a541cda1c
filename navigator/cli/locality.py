"""Figures about places, and what a school shares with those around it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import a_limit, add_as_at, describe, open_service, the_urn, warn
from navigator.cli.files import add_force, add_forms, chosen, deliver
from navigator.core import clock
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.keys import Key
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.core.landscape import Landscape
    from navigator.core.wording import Units
    from navigator.domain.around import Scope
    from navigator.domain.localities import Locality
    from navigator.export.forms import Subject
    from navigator.service import Service

LOCALITY_HELP = """\
Figures about a place: schools by who runs them, trusts, academies by year, hubs and how far they
are, networks, and which of EQuaLLS's three kinds of locality it resembles, test by test. PLACE is
a local authority or district (code or name), a region, england, a network of yours, or a URN.

  navigator locality Nottingham                  an authority; 892 is its code
  navigator locality Broxtowe                    a district
  navigator locality 139217 --radius 3           what lies within 3 miles of a school
  navigator locality Nottingham --with Swindon   two places side by side
  navigator locality Herefordshire --alike       … with its ten statistical neighbours
  navigator locality "East Midlands" --json      one JSON object a line
  navigator locality england --csv FILE          every figure with its definition; - prints it
"""

OVERLAP_HELP = """\
What a school shares with the schools around it, in words and as a grid.

  navigator overlap 139217                       schools of its phase within 3 miles
  navigator overlap 139217 --radius 5 --all-phases
  navigator overlap 139217 --nearest 50          the nearest fifty; --la its authority
  navigator overlap 139217 --network "Our cluster"
  navigator overlap 139217 --with 122480         two schools: what they share and what they don't
"""


def locality(command: Parser) -> Run:
    describe(command, LOCALITY_HELP)
    command.add_argument("place", nargs="+", metavar="PLACE", help="see above")
    command.add_argument("--radius", type=_miles, metavar="MILES", help="around a URN")
    beside = command.add_mutually_exclusive_group()
    beside.add_argument("--with", dest="other", metavar="PLACE", help="another place beside it")
    beside.add_argument("--alike", action="store_true", help="its ten statistical neighbours")
    _add_forms(command, forms.FIGURES)
    return _locality


def overlap(command: Parser) -> Run:
    describe(command, OVERLAP_HELP)
    command.add_argument("school", nargs="+", metavar="URN", help="or the school's name")
    scope = command.add_mutually_exclusive_group()
    scope.add_argument("--radius", type=_miles, metavar="MILES", help="within so many miles (3)")
    scope.add_argument("--nearest", type=a_limit, metavar="N", help="the N nearest")
    scope.add_argument("--la", action="store_true", help="those of its authority")
    scope.add_argument("--network", metavar="NAME", help="those of a network of yours")
    scope.add_argument("--with", dest="other", metavar="URN", help="one other school")
    command.add_argument("--all-phases", action="store_true", help="not only its own phase")
    _add_forms(command, forms.OVERLAP)
    return _overlap


def _add_forms(command: Parser, subject: Subject) -> None:
    add_forms(command, subject, hint="; - prints it")
    add_force(command)
    add_as_at(command, "hubs of another day")


def _miles(text: str) -> float:
    try:
        miles = float(text)
    except ValueError:
        miles = -1.0
    if 0 < miles <= 60:
        return miles
    raise argparse.ArgumentTypeError(f"{text[:20]!r} isn't a number of miles from 0.1 to 60")


def _locality(given: argparse.Namespace) -> int:
    from navigator.export.locality import FiguresExport

    form, target = chosen(given, forms.FIGURES)
    with open_service() as service:
        _warn(service)
        day, units = _day(given), _units()
        place = _place(service, " ".join(given.place), given.radius)
        key = Key.of("place", place.key)
        if given.alike:
            if place.kind != "la":
                raise RefusedError(
                    f"{place.name} has no statistical neighbours: DfE names them for authorities."
                )
            key = Key.of("alike", place.code)
        elif given.other:
            key = Key.both("compare", place.key, _place(service, given.other).key)
        profiles = service.profiles(key, day)
        of = FiguresExport(profiles, service.info, lambda: service.page(key, None, day, units))
        _say(deliver(of, form, target, place.name, place.code, force=given.force))
    return 0


def _place(service: Service, text: str, miles: float | None = None) -> Locality:
    place = service.place(text, miles)
    if place.kind != "own":
        warn(service.became(text))
    return place


def _overlap(given: argparse.Namespace) -> int:
    from navigator.export.locality import OverlapExport
    from navigator.view import overlap_pages

    form, target = chosen(given, forms.OVERLAP)
    with open_service() as service:
        _warn(service)
        home = service.landscape(the_urn(service, " ".join(given.school)), _day(given))
        warn(*home.notices)
        if given.other:
            return _pair(given, service, home)
        overlap = service.overlap(home, _scope(given, service, home))
        said = overlap_pages.overlap_said(overlap)
        if form.id == "text" and said:
            print(said)
        of = OverlapExport(
            overlap,
            service.info,
            lambda: overlap_pages.overlap_page(overlap, _units(), by_shared=False),
        )
        name = f"{home.school.name} overlap"
        _say(deliver(of, form, target, name, str(home.school.urn), force=given.force))
    return 0


def _scope(given: argparse.Namespace, service: Service, home: Landscape) -> Scope:
    from navigator.domain.around import Scope

    every = given.all_phases
    if given.nearest:
        return Scope("number", number=given.nearest, all_phases=every)
    if given.la:
        return Scope("la", all_phases=every)
    if given.network:
        for network in home.record.networks:  # an id of before keys
            if given.network.casefold() == network.id.casefold():
                return Scope("own", own=network.id, all_phases=every)
        try:
            own = service.body_meant(given.network, home.as_at, ("own",)).key.name
        except NotFoundError:
            if home.record.networks:
                raise
            raise RefusedError(
                f"You have no network called “{given.network[:60]}”. In the app, g makes one."
            ) from None
        return Scope("own", own=own, all_phases=every)
    return Scope("radius", miles=given.radius or Scope().miles, all_phases=every)


def _pair(given: argparse.Namespace, service: Service, home: Landscape) -> int:
    from navigator.export.locality import PairExport

    form, target = chosen(given, forms.PAIR)
    if given.csv:
        raise RefusedError("Two schools are printed as text or with --json; leave --csv out.")
    other = service.landscape(the_urn(service, given.other), home.as_at)
    if other.school.urn == home.school.urn:
        raise RefusedError(
            f"{given.other[:60]} is {home.school.name} itself: give another school after --with."
        )
    key = Key.both("pair", home.school.urn, other.school.urn)
    of = PairExport(
        home,
        other,
        service.shared_bodies(home, other),
        lambda: service.page(key, home, home.as_at, _units()),
    )
    deliver(of, form, target, "")
    return 0


def _day(given: argparse.Namespace) -> date:
    day: date = given.as_at or clock.today()
    return day


def _units() -> Units:
    from navigator.records import settings

    return settings.load().units


def _warn(service: Service) -> None:
    from navigator.core import wording

    warn(service.problem, wording.SAMPLE_NOTICE if service.info.sample else "")


def _say(file: Path | None) -> None:
    if file:
        print(f"Wrote {file}.")
