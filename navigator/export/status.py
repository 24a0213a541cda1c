"""What `navigator status` prints: the register, the facts and their age, where every file lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from navigator import __version__
from navigator.core import clock, paths, wording
from navigator.directory import packs, summary
from navigator.directory.leads import LeadFault
from navigator.directory.summary import TableSummary
from navigator.domain.reach_counts import Ways
from navigator.export.contract import SCHEMA, headed, one_line, register_dict
from navigator.export.record import counts_text
from navigator.records import settings
from navigator.service import Service


def status_text(service: Service, today: date | None = None) -> str:
    return "\n".join(_lines(service, today or clock.today()))


def _lines(service: Service, today: date) -> Iterator[str]:
    info, directory = service.info, service.directory
    yield f"Navigator {__version__}"
    yield ""
    yield "Register"
    yield f"  {info.name}, dated {wording.day(info.day)} ({_age(info.day, today)})"
    yield f"  {wording.count(info.schools, 'open school')}, {wording.count(info.rows, 'row')}"
    if info.sample:
        yield f"  {wording.SAMPLE}. {wording.HOW_TO_LOAD}"
    else:
        if wording.is_old(info.day, today):
            yield f"  older than {wording.OLD_DAYS} days. For a newer one, run: navigator update"
        if info.lacks:
            lacks = ", ".join(info.lacks)
            yield f"  made by an older Navigator, without {lacks}. For it, run: navigator update"
        yield f"  {info.size_bytes / 1_000_000:.1f} MB"
        yield from (f"  {note}" for note in info.notes)
        for what, day in (("trusts", info.groups_day), ("old URNs", info.links_day)):
            yield f"  {what}: " + (f"file of {wording.day(day)}" if day else "no file was loaded")
    if service.problem:
        yield f"  {service.problem}"
    yield ""
    yield "Facts"
    yield f"  {_facts(service)}"
    yield f"  {summary.checked(directory).said}"
    for programme in directory.programmes:
        listed = directory.listed(programme.id)
        hubs = len({hub.id for hub in directory.hubs(programme.id) if not hub.listed})
        end = wording.short_day(programme.valid_to, programme.to_said)
        ended = f", ended {end}" if end else ""
        yield f"  {programme.name}: {hubs} in the table{ended}"
        if listed:
            when = wording.day(max(hub.as_of for hub in listed))
            number = wording.count(len({hub.id for hub in listed}), "hub")
            yield f"  {programme.name}: your list, {number}, taken in on {when}, comes before it"
    problem = settings.load().problem
    yield ""
    yield "Files of yours"
    yield f"  register   {info.path if not info.sample else paths.data_dir()}"
    yield f"  settings   {settings.settings_file()}"
    yield f"  own facts  {paths.own_facts_dir()}"
    yield f"  record     {service.records.path}: {counts_text(service.records.counts())}"
    for name in service.records.set_aside():
        yield f"  damaged, set aside: {name}"
    if problem:
        yield f"  {problem}"
    yield "Facts that come with Navigator"
    yield f"  {paths.facts_dir()}"
    if service.facts_in_use.taken:
        yield "Facts in use, from a pack"
        yield f"  {service.facts_in_use.folder}"


def _facts(service: Service) -> str:
    """Which facts are in use, of when, and why those."""
    found = service.facts_in_use
    day = wording.facts_of(found.version)
    if found.taken:
        ours = packs.version_of(paths.facts_dir())
        said = wording.facts_of(ours) if ours else "of no day"
        return f"{day}, a pack that was taken; newer than ours, {said}"
    return f"{day}, which came with Navigator"


def status_json(service: Service, today: date) -> str:
    """The same as one line of JSON (docs/json.md)."""
    info, facts = service.info, service.facts_in_use
    known = service.directory
    return one_line(
        {
            "schema": SCHEMA,
            "register": {
                **register_dict(info),
                "rows": info.rows,
                "days_old": (today - info.day).days,
                "file": None if info.sample else str(info.path),
                "trusts_date": _iso(info.groups_day),
                "old_urns_date": _iso(info.links_day),
                "lacks": list(info.lacks),
                "notes": list(info.notes),
                "problem": service.problem,
            },
            "version": __version__,
            "as_at": today.isoformat(),
            "facts": {
                "version": facts.version,
                "pack": facts.taken,
                "checked": _iso(known.checked),
                "programmes": [
                    {
                        "id": programme.id,
                        "name": programme.name,
                        "hubs": len({h.id for h in known.hubs(programme.id) if not h.listed}),
                        "your_list": len({h.id for h in known.listed(programme.id)}),
                        "valid_to": _iso(programme.valid_to),
                    }
                    for programme in known.programmes
                ],
            },
            "record": dict(service.records.counts()),
            "files": {
                "register": str(paths.data_dir() if info.sample else info.path),
                "settings": str(settings.settings_file()),
                "own_facts": str(paths.own_facts_dir()),
                "record": str(service.records.path),
                "set_aside": list(service.records.set_aside()),
                "facts": str(facts.folder),
            },
            "settings_problem": settings.load().problem,
        }
    )


def facts_json(service: Service, today: date) -> str:
    """What `navigator status --facts --json` prints: one line a table."""
    ways = service.ways(today)
    lines = []
    for table in service.summaries(today):
        reached = ways.get(table.id)
        told = {
            "id": table.id,
            "name": table.name,
            "rows": table.rows,
            "hubs": table.hubs,
            "in_force": table.in_force,
            "checked": _iso(table.as_of),
            "newest_source": table.source_year,
            "reached": reached._asdict() if reached else None,
            "authorities": asdict(table.authorities) if table.authorities else None,
            "schools": asdict(table.schools) if table.schools else None,
        }
        lines.append(headed(one_line(told), service.info))
    return "\n".join(lines)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def facts_text(service: Service, today: date) -> str:
    """What `navigator status --facts` prints: a block a table."""
    ways = service.ways(today)
    blocks = ["\n".join(_table(t, ways.get(t.id))) for t in service.summaries(today)]
    if not service.info.sample:
        blocks.append("\n".join(_leads(service.lead_faults(today), service.info.name)))
    else:
        blocks.append(
            "Lead schools are told as the sample has them. For how they are reached today, and how "
            "many schools are covered, load all of England: navigator update"
        )
    return "\n\n".join(blocks)


def _table(table: TableSummary, ways: Ways | None) -> Iterator[str]:
    yield table.name
    named = f", {wording.count(table.hubs, 'hub')}, {table.in_force} in force" if table.hubs else ""
    yield f"  {wording.count(table.rows, 'row')}{named}"
    if table.counted:
        when = wording.on_day(table.counted.day, table.counted.said)
        yield f"  published: {table.counted.hubs} {when}"
    yield f"  checked {wording.checked_on(table.as_of, table.source_year)}"
    if ways and ways.hubs:
        yield (
            f"  can be reached: {ways.reached} of {ways.hubs}, {ways.own} by their own website, "
            f"{ways.lead} by the lead school; by the finder only {ways.finder}, not at all "
            f"{ways.none}"
        )
    for what, covered in (("authorities", table.authorities), ("schools it is for", table.schools)):
        if covered is not None:
            by = wording.covered(covered.high, covered.medium, covered.low, covered.none)
            yield f"  {what}, by the best confidence: {by}"


def _leads(faults: Sequence[LeadFault], register: str) -> Iterator[str]:
    yield "Lead schools"
    if not faults:
        yield f"  every one of a row in force is open in {register}"
    for fault in faults:
        yield f"  {fault.programme.name}, {fault.hub.name}: {fault.problem}"


def _age(day: date, today: date) -> str:
    days = (today - day).days
    return "today" if days == 0 else f"{wording.count(days, 'day')} old" if days > 0 else "ahead"
