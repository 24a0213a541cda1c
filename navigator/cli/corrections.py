"""What the head knows better, on the command line: set it, take it back, list it, send it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.cli.common import add_json, describe, near, open_service, the_body, warn
from navigator.cli.record import find
from navigator.core import cleaning, clock, wording
from navigator.core.errors import NavigatorError, RefusedError

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.core.model import Programme
    from navigator.core.record import BodyRef, Correction
    from navigator.export.record import Published, ToldCorrection
    from navigator.service import Service

SET_HELP = """\
Say what you know better than Navigator. It is shown as set by you, what is published beneath it.

  navigator set 139217 maths-hub East Midlands West     our Maths Hub is this one
  navigator set 139217 english-hub "One Hub" "Another"  … or several, each in quotes
  navigator set 139217 network "Sneinton heads"         our heads' network is this one
  navigator set partnership:some-partnership closed     this partnership has closed
  navigator set 139217 maths-hub --clear                take it back
"""

CLOSES = ("partnership", "network")


class Named(NamedTuple):
    """A body that the head named; `id` is ours, "" where our table has none of that name."""

    name: str
    id: str


def correct(command: Parser) -> Run:
    describe(command, SET_HELP)
    command.add_argument(
        "about", metavar="URN", help="the school, by URN or name; or partnership:ID or network:ID"
    )
    command.add_argument(
        "what", metavar="PROGRAMME", help="a programme such as maths-hub; network; or closed"
    )
    command.add_argument("names", nargs="*", metavar="HUB", help="the hub's name or id")
    command.add_argument("--note", default="", metavar="TEXT", help="how you know; it is exported")
    command.add_argument("--clear", action="store_true", help="take back what you set")
    return _set


def corrections(command: Parser) -> Run:
    form = command.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument(
        "--export",
        type=Path,
        metavar="FILE",
        help="write them as a table (CSV) to send to whoever keeps the list",
    )
    return _corrections


# --- set ---


def _set(given: argparse.Namespace) -> int:
    with open_service() as service:
        body = find(service, the_body(service, given.about))
        correction = _asked(service, body, given)
        if given.clear:
            return _clear(service, correction)
        service.records.add(correction)
        _drop(service, correction, older=True)
        return _say(service, correction)


def _asked(service: Service, body: BodyRef, given: argparse.Namespace) -> Correction:
    """The correction that the arguments mean; for one to take back, its subject."""
    from navigator.core.record import Correction
    from navigator.export.record import NETWORK

    asked = Correction("", "hub", body.key, body.name, "", (), (), clock.today(), given.note)
    if given.what.casefold() == "closed":
        if body.key.kind not in CLOSES:
            raise RefusedError(
                "Only a partnership or network can be set as closed, as partnership:ID or "
                f"network:ID; {body.name} is neither. Nothing was changed."
            )
        if given.names:
            raise RefusedError("Nothing goes after “closed”; for a reason, use --note.")
        return asked._replace(says="closed")
    if body.key.kind != "school":
        raise RefusedError(
            f"A hub is set for a school: give its URN. Of {body.name} itself only “closed” "
            "can be said."
        )
    if given.what.casefold() == "network":
        asked = asked._replace(says="network")
        known = [Named(n.name, n.id) for n in service.directory.all_networks()]
        told = NETWORK
    else:
        programme = _programme(service, given.what)
        asked = asked._replace(programme=programme.id)
        known = _hubs(service, programme)
        told = programme.name
        if programme.valid_to and programme.valid_to < clock.today():
            ended = wording.day(programme.valid_to, programme.to_said)
            warn(f"the {programme.name} programme ended {ended}.")
    if given.clear:
        return asked
    if not any(name.strip() for name in given.names):
        raise RefusedError(
            f"Name the {told}, or take back what you set with --clear. Nothing was changed."
        )
    named = _named(known, [n for n in given.names if n.strip()], told)
    return asked._replace(names=tuple(n.name for n in named), hubs=tuple(n.id for n in named))


def _programme(service: Service, text: str) -> Programme:
    """A programme by id, name or short name, else by a part of its name that no other has."""
    wanted = cleaning.for_comparing(text)
    programmes = service.directory.programmes
    found = [p for p in programmes if wanted in (p.id, p.name.casefold(), p.short.casefold())] or [
        p for p in programmes if wanted and wanted in f"{p.id} {p.name.casefold()}"
    ]
    if len(found) == 1:
        return found[0]
    what = "Several programmes match" if found else "There is no programme"
    raise RefusedError(
        f"{what} {text[:60]!r}. Give one of: {', '.join(p.id for p in found or programmes)}; "
        "or network, for your heads' network. Nothing was changed."
    )


def _hubs(service: Service, programme: Programme) -> list[Named]:
    """The programme's hubs of today; of one that is over, all it had."""
    today = clock.today()
    hubs = service.directory.hubs(programme.id)
    hubs = tuple(h for h in hubs if h.in_force(today)) or hubs
    return list(dict.fromkeys(Named(h.name, h.id) for h in hubs))


def _named(known: Sequence[Named], words: Sequence[str], told: str) -> list[Named]:
    """The bodies that words name: one name of several words, or several names in quotes.

    Raises:
        RefusedError: a name fits several of ours.
    """
    together = _matches(known, " ".join(words))
    if together or len(words) == 1:
        return [_one(together, " ".join(words), told, known)]
    each = [_matches(known, word) for word in words]
    quoted = any(" " in word.strip() for word in words)
    if quoted or all(len(found) == 1 for found in each):
        pairs = zip(each, words, strict=True)
        return list(dict.fromkeys(_one(found, word, told, known) for found, word in pairs))
    return [_one([], " ".join(words), told, known)]


def _matches(known: Sequence[Named], text: str) -> list[Named]:
    """By id or whole name; else by part of the name."""
    wanted = cleaning.for_comparing(text)
    whole = [k for k in known if wanted in (k.id.casefold(), k.name.casefold())]
    return whole or [k for k in known if wanted in k.name.casefold()]


def _one(found: Sequence[Named], text: str, told: str, known: Sequence[Named]) -> Named:
    if len(found) > 1:
        names = wording.first_few([f"{f.name} ({f.id})" for f in found], 12, "; ", last="; ")
        raise RefusedError(
            f"{text[:60]!r} fits several: {names}. Give one whole name, or the id in "
            "brackets. Nothing was changed."
        )
    if found:
        return found[0]
    from navigator.core import cleaning

    name = cleaning.plain(text)
    ours = {k.name.casefold(): k.name for k in known}
    meant = ours.get(near(name, ours))
    hint = f" If you meant “{meant}”, set that." if meant else ""
    warn(f"our table has no {told} “{name[:80]}”: it is kept as you wrote it.{hint}")
    return Named(name, "")


def _drop(service: Service, asked: Correction, *, older: bool = False) -> bool:
    """Remove what was set on a subject; `older`: only on the closed schools before this one."""
    subject = (asked.says, asked.about, asked.programme)
    written = {c.id: c.about for c in service.kept.corrections}
    held = [c for c in service.record().corrections if (c.says, c.about, c.programme) == subject]
    gone = [c for c in held if not (older and written.get(c.id) == asked.about)]
    for correction in gone:
        service.records.remove("correction", correction.id)
    return bool(gone)


def _clear(service: Service, asked: Correction) -> int:
    from navigator.export.record import published_text, told_body

    if _drop(service, asked):
        print(f"Taken back, for {told_body(asked.about, asked.name)}.")
    else:
        warn("nothing was set there; navigator corrections lists what is.")
    print(published_text(_published(service, asked)))
    return 0


def _say(service: Service, correction: Correction) -> int:
    from navigator.export.record import published_text, set_text

    told = _told(service, correction)
    print(f"Set by you: {set_text(told)}")
    print(published_text(told.published))
    return 0


# --- the list ---


def _corrections(given: argparse.Namespace) -> int:
    from navigator.export import record as export
    from navigator.export.contract import headed

    with open_service() as service:
        corrections = service.record().corrections
        if not corrections:
            warn("nothing is set by you yet. To say what you know better: navigator set --help")
            return 1 if given.export else 0
        told = [_told(service, correction) for correction in corrections]
        if given.export:
            from navigator.cli.files import refuse_two
            from navigator.storage import whole_file

            refuse_two(given, "--export")
            with whole_file.whole(given.export, force=None, private=True) as out:
                out.write(export.corrections_csv(told))
            print(f"Wrote {given.export}: {len(told)} set by you, beside what is published.")
            print(
                "It holds what you gave with --note, none of your notes and no contacts. "
                "Read it through before you send it."
            )
            return 0
        for one in told:
            if given.json:
                print(headed(export.correction_json(one), service.info))
            else:
                print(export.correction_text(one))
    return 0


def _told(service: Service, correction: Correction) -> ToldCorrection:
    from navigator.export.record import ToldCorrection

    name, programme = correction.name, correction.programme
    urn = correction.about.urn
    try:
        if urn is not None:
            name = service.school(urn, clock.today())[0].name
        if programme:
            programme = service.directory.programme(programme).name
    except NavigatorError:  # not in the register or the facts in use: as it was written
        pass
    return ToldCorrection(correction, name, programme, _published(service, correction))


def _published(service: Service, correction: Correction) -> Published:
    """What our facts say where the head knows better."""
    from navigator.export.record import Published

    nothing = Published((), "", "")
    about = correction.about
    try:
        if correction.says == "closed":
            body = service.network_or_partnership(about)
            said = " ".join(t for t in (body.status or "no status", body.status_as_of) if t)
            return Published((body.name,), said, body.source)
        if about.urn is None:
            return nothing
        landscape = service.landscape(about.urn, clock.today())
    except NavigatorError:
        return Published((), "not known, as it isn't in the register or the facts in use", "")
    if correction.says == "network":
        networks = landscape.networks
        sources = dict.fromkeys(n.source for n in networks)
        return Published(tuple(n.name for n in networks), "", " ; ".join(sources))
    for shown in landscape.hubs:
        claim = shown.published or shown
        if claim.programme.id == correction.programme:
            hubs = [claim.hub] if claim.hub else list(claim.alternatives)
            names = tuple(at.hub.name for at in hubs)
            return Published(names, wording.claim_phrase(claim), claim.source)
    return nothing
