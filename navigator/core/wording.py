"""The words for facts: one place, so that screen, text, Markdown and JSON say the same.

Nothing here knows a medium. Text from files may hold anything; `cleaning` makes it safe to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from navigator.core import cleaning
from navigator.core.church import DioceseHere
from navigator.core.governance import TRUST_KINDS
from navigator.core.grid import KM_A_MILE
from navigator.core.landscape import AuthorityHere, Claim, HubClaim, Sureness, TrustHere
from navigator.core.model import Hub, Programme, RegisterInfo, School, Trust
from navigator.core.record import Correction, Marks

Units = Literal["miles", "km"]

CLAIM_PHRASES = {
    Claim.DESIGNATED: "Your area's hub",
    Claim.ONE_OF: "One of these, ask",
    Claim.NAMES_AREA: "Names your area",
    Claim.REGION: "In your region",
    Claim.NEAREST: "Nearest, yours to choose",
    Claim.ENDED: "Ended",
    Claim.NONE_FOUND: "None found",
    Claim.SET_BY_YOU: "Set by you",
}

MAYBE = "May be, ask: not well sourced"
"""Where nothing well sourced was found, yet hubs that may be it."""

AREA_PHRASES = {
    Claim.DESIGNATED: "Your area was chosen",
    Claim.ONE_OF: "Part of your area was chosen, ask",
}
"""Where a programme chose areas and has no hubs."""

SURENESS = {
    Sureness.SET: ("", "set"),
    Sureness.YOURS: ("✓", "yours"),
    Sureness.ASK: ("?", "ask"),
    Sureness.NEAREST: ("", "nearest"),
    Sureness.LIKELY: ("", "likely"),
    Sureness.UNKNOWN: ("?", "unknown"),
    Sureness.NONE: ("·", "none"),
    Sureness.ENDED: ("", "ended"),
}
"""A row's sign and word for how sure it is; a sign is never shown without its word."""

SHARE_SIGNS = {True: "●", False: "·", None: "?"}
"""Whether a school has the same body as ours: it has; it hasn't; that isn't sure."""

SHARE_WORDS = {True: "same", False: "other", None: "not sure"}
"""The same where there is no sign: in tables, and for those who are read to."""

SHARE_LEGEND = "● the same as yours, · another or none, ? not sure"

CALLED_BY_LEAD = "its lead school: the hub's own name wasn't found"
"""Beside a hub whose name isn't known."""

OLD_CLAIM = "old"
"""Where room is short, of a hub that no source has shown for long."""

CONFIDENCE_PHRASES = {
    "high": "high: an official list or the hub's own recent page",
    "medium": "medium: an older page, press, or a clear inference",
    "low": "low: from memory or by elimination; check before you rely on it",
    "": "not stated",
}

HOW_SOURCED = {
    "high": "Good source",
    "medium": "Fair source",
    "low": "Weak source",
    "as your list says": "As your list says",
}
"""A confidence where room is short: how good a source is, which isn't whose hub it is."""

OLD_DAYS = 60
"""Days from which on a register is said to be old."""

CHANGED = "Δ"
"""Beside a body that changed since the register before, until that has been seen."""

SAMPLE = "sample: 3 areas"
DOWNLOADS = "https://get-information-schools.service.gov.uk/Downloads"
"""DfE's page with the register's files."""

REGISTER_SOURCE = "DfE, Get Information about Schools"
"""The source of what is told from the register."""

NONE_ON_REGISTER = "None on this register."
NOT_KNOWN = "not known"
NO_BOARD = "its board for education isn't known to us"

PLURALS = {
    "primary": "primaries",
    "secondary": "secondaries",
    "nursery": "nurseries",
    "special": "special schools",
}

NO_SCHOOL_SET = "no school of yours is set, so nearby schools and hubs weren't looked at"
HOW_TO_LOAD = "To load all of England: Update, in the app, or run: navigator update"
SAMPLE_NOTICE = f"Sample: 3 areas. {HOW_TO_LOAD}"
LOADS = "{} loads England"
"""In the app, by the key that does."""
SAMPLE_MADE = "Made from a sample of England, 3 areas: schools and bodies beyond them are missing."
"""In a file, for whoever is given it."""


def joined(*parts: str, sign: str = " · ") -> str:
    """Those of some texts that say anything, with a sign between them."""
    return sign.join(part for part in parts if part)


def and_more(number: int, how: str = "") -> str:
    """ "and 3 more: more words narrow them down", where so many aren't shown; "" for none."""
    return f"and {number:,} more" + (f": {how}" if how else "") if number > 0 else ""


def first_few(
    texts: Sequence[str], most: int, sign: str = ", ", *, last: str = " ", of: int = 0
) -> str:
    """ "a, b and 3 more": the first of some texts, with `sign` between them and `last` before how
    many more there are. `of` is how many there are in all, where that is more than `texts`."""
    return joined(sign.join(texts[:most]), and_more((of or len(texts)) - most), sign=last)


def listed(names: Iterable[str], sign: str = "and") -> str:
    """ "a, b and c"."""
    *most, last = names
    return f"{', '.join(most)} {sign} {last}" if most else last


def schools_of(phase: str) -> str:
    """The schools of a phase: "primaries", "all-through schools"; "schools" where it has none."""
    return PLURALS.get(phase) or f"{phase} schools".strip()


def none_found(checked: date | None = None, where: str = "") -> str:
    """ "None found in the ten areas most alike, checked 3 May 2026.", or "None found." alone."""
    when = f", checked {day(checked)}" if checked else ""
    return f"None found{where}{when}."


def day(when: date | None, said: str = "") -> str:
    """A date as a head reads it: 31 March 2025; "" for none.

    `said` is the date as vaguely as its source tells it (`Count.said`): March 2025, or 2025.
    """
    return _date(when, said, "%B")


def facts_of(version: str) -> str:
    """Of which day facts of a version are: "of 27 November 2026", with "(2)" behind it for the
    second of a day."""
    told, _, number = version.partition(".")
    try:
        said = day(date.fromisoformat(told))
    except ValueError:
        return "of no day"
    return f"of {said}" + (f" ({number})" if number else "")


def checked_on(when: date | None, newest: str) -> str:
    """When rows were checked, and how new the newest source in them is: "27 November 2026, on
    sources up to 2025"."""
    return joined(day(when), f"on sources up to {newest}" if newest else "", sign=", ")


def weekday(when: date) -> str:
    """ "Thursday 3 December 2026"."""
    return f"{when:%A} {day(when)}"


def is_old(register: date, today: date) -> bool:
    """Whether a register's day is so long ago that a newer one is worth fetching."""
    return (today - register).days > OLD_DAYS


def old_note(info: RegisterInfo, today: date, key: str) -> str:
    """What follows an old register's day on screen, with the key that updates; else ""."""
    if info.lacks:
        return f" · made by an older Navigator: {key} updates"
    old = is_old(info.day, today)
    return f" · older than {OLD_DAYS} days: {key} updates" if old else ""


def parts_notes(info: RegisterInfo) -> list[str]:
    """What is said of a register's files: what couldn't be read of them, or was kept from before,
    and which of the other two weren't there, or not of its day."""
    said = list(info.notes)
    if info.groups_day is None:
        said.append("No groups file was there: trusts are named, but when they began isn't known.")
    elif info.groups_day < info.day:
        said.append(f"Trusts' details are of {day(info.groups_day)}: no later file was there.")
    if info.links_day is None:
        said.append("No links file was there: an old URN won't open the school that followed it.")
    elif info.links_day < info.day:
        said.append(f"Old URNs are of {day(info.links_day)}: no later file was there.")
    return said


def short_day(when: date | None, said: str = "") -> str:
    """A date where room is short: 31 Mar 2025, Mar 2025, 2025."""
    return _date(when, said, "%b")


def bare(address: str, most: int = 0) -> str:
    """A web address as it is read out: without its scheme, "www." and last slash; one of more than
    `most` characters as its site alone, "example.org/…"."""
    said = address.partition("://")[2].removeprefix("www.").rstrip("/") or address
    return f"{said.split('/')[0]}/…" if 0 < most < len(said) else said


def first_source(source: str) -> str:
    """The first of a row's sources, which are joined by " | " (some by " ; "): its address or name
    alone, without the others and a curator's words between them."""
    return source.split(" | ", maxsplit=1)[0].split(" ; ", maxsplit=1)[0].strip()


def source_name(source: str) -> str:
    """The first of a row's sources, shortly: its name without an address, or the site it is on."""
    if source.startswith(REGISTER_SOURCE):
        return "DfE's register"
    first = first_source(source).split(" (http", maxsplit=1)[0].strip()
    if first.startswith(("http://", "https://")):
        return bare(first).split("/")[0].split()[0].rstrip(";,")
    return first


def month(said: str) -> str:
    """A date as a source writes it, where room is short: "2025-11-03" is Nov 25, "2025" stays."""
    year, _, rest = said.partition("-")
    return f"{date(2000, int(rest[:2]), 1):%b} {year[2:]}" if rest[:2].isdigit() else said


def on_day(when: date, said: str = "") -> str:
    """A date within a sentence: on 31 March 2025, in March 2025, in 2025."""
    return f"{'in' if said else 'on'} {day(when, said)}"


def _date(when: date | None, said: str, month: str) -> str:
    if when is None or len(said) == len("2025"):
        return said
    words = f"{when:{month} %Y}"
    return words if said else f"{when.day} {words}"


def length(km: float | None, units: Units = "miles") -> str:
    """A distance with its unit: "0.4 mi", "23 mi", "7.1 km"; "" for unknown."""
    if km is None:
        return ""
    value = km if units == "km" else km / KM_A_MILE
    return f"{value:.1f} {unit(units)}" if value < 9.95 else f"{value:.0f} {unit(units)}"


def unit(units: Units) -> str:
    return "km" if units == "km" else "mi"


def percent(share: float | None) -> str:
    """ "43%"; "" where there is no share. What rounds to 0 or 100 and isn't is said as such."""
    if share is None:
        return ""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{100 * share:.0f}%"


def count(number: int, one: str, many: str = "") -> str:
    """ "1 school", "2 schools", "1,204 schools"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ages(school: School) -> str:
    if school.low_age is None or school.high_age is None:
        return ""
    return f"ages {school.low_age}–{school.high_age}"


def school_line(school: School, away: str = "") -> str:
    """What tells same-named schools apart: "Exampleton AB1 2CD · Exampleshire · primary".

    `away` comes first: how far it is, where that is asked.
    """
    place = " ".join(t for t in (school.town, school.postcode) if t)
    parts = [away, place, school.la_name, school.phase or school.type]
    if not school.is_open:
        parts.append(status(school))
    elif "close" in school.status:
        parts.append("proposed to close")
    return joined(*parts)


def status(school: School) -> str:
    if school.status == "Closed" and school.closed:
        return f"closed {short_day(school.closed)}"
    return school.status.lower()


def diocese(here: DioceseHere) -> tuple[str, str]:
    """A church school's diocese and its board, "?" where the register doesn't tell it."""
    if not here.churches:
        return "?", "the register in use doesn't tell whether this is a church school"
    churches = " or ".join(here.churches)
    if not here.name:
        return "?", f"{churches}; the register in use names no diocese"
    if not here.church:
        return "?", f"{churches}; the register names {here.name}, not of which church"
    return f"{here.name} ({here.church})", here.body or NO_BOARD


def unsure_church(church: str) -> str:
    """Of a body of a church, where it isn't known whether a school is of that church."""
    return f"for {church} schools: the register doesn't tell whether this is one"


def unsure_of(number: int) -> str:
    """Behind a count of those that surely are: of how many that isn't sure; "" for none."""
    return f" (not sure of {number:,})" if number else ""


def confidence(hub: Hub) -> str:
    """How sure a hub's row is; one of a list that the head took in is as sure as that list."""
    if hub.listed:
        return f"as your list says: the one that you took in on {day(hub.as_of)}"
    return CONFIDENCE_PHRASES[hub.confidence]


def last_seen(year: str, *, old: bool) -> str:
    """When a source last showed a hub at work: "2025"; "2018, which is long ago: ask …"."""
    return f"{year}, which is long ago: ask whether it is still so" if old and year else year


def covered(high: int, medium: int, low: int, none: int) -> str:
    """How many are covered, by the best confidence."""
    return f"{high:,} high, {medium:,} medium, {low:,} low, {none:,} none"


NEAREST = "No school has all these words; nearest:"
NEAREST_BODIES = "Nothing has these words as they are typed; nearest:"


def try_instead(text: str) -> str:
    """What to try where a search found nothing."""
    if text.strip().isdigit():
        return "Check the number: a URN has 6 digits, a LAESTAB 7, a UKPRN 8."
    from navigator.core import postcodes

    return postcodes.elsewhere(text) or "Try fewer words, the town, or a postcode."


def band(trust: Trust) -> str:
    """ "medium multi-academy trust", "single-academy trust"."""
    kind = TRUST_KINDS[trust.kind]
    return f"{trust.size_band} {kind}" if trust.kind == "MAT" and trust.size > 1 else kind


def trust_summary(here: TrustHere, la_name: str) -> str:
    """ "large multi-academy trust, 26 open schools, 9 of them in Leeds; formerly Made Trust"."""
    trust = here.trust
    size = count(trust.size, "open school")
    some = trust.kind != "SAT" and trust.size != 1
    place = f"{here.schools_in_la} of them in {la_name}" if some else ""
    told = joined(band(trust), size, place, sign=", ")
    return joined(told, formerly(trust), sign="; ")


def formerly(trust: Trust) -> str:
    """ "formerly Made Trust", by the registers that were in use before; "" for none."""
    return f"formerly {', '.join(trust.formerly)}" if trust.formerly else ""


def trust_closed(trust: Trust, listed: date | None) -> str:
    """That the groups file, of a day (`listed`), has a trust as closed, and since when: a fact that
    the register doesn't tell, which may still name it as a school's."""
    when = f" on {day(trust.closed)}" if trust.closed else ""
    still = "; the register still names it" if trust.size else ""
    return f"Closed{when}, by DfE's groups file{f' of {day(listed)}' if listed else ''}{still}"


def closed_trust(here: TrustHere, on: date, listed: date | None) -> str:
    """A sentence on a school's trust that has closed by a day; "" for one that hasn't."""
    trust = here.trust
    if not trust.is_closed_on(on):
        return ""
    when = f" on {day(trust.closed)}" if trust.closed else ""
    return (
        f"DfE's groups file{f' of {day(listed)}' if listed else ''} has {trust.name} as closed"
        f"{when}, though the register still names it as this school's trust."
    )


def authority_summary(here: AuthorityHere) -> str:
    if not here.schools:
        return "no open state-funded school on this register"
    return f"{here.maintained:,} of {here.schools:,} state schools maintained"


def claim_words(claim: Claim, programme: Programme) -> str:
    """The claim in docs/claims.md's words, without a date."""
    chosen = AREA_PHRASES.get(claim) if programme.areas_only else None
    return chosen or CLAIM_PHRASES[claim]


def theirs(said: str) -> str:
    """Words to a head, said of another's: "Its area's hub", "the same as its own"."""
    said = said.replace("as yours", "as its own").replace("near yours", "near its own")
    return said.replace("Your ", "Its ").replace("your ", "its ")


def claim_phrase(claim: HubClaim) -> str:
    """The claim in docs/claims.md's words, with its date where the words need one."""
    phrase = claim_words(claim.claim, claim.programme)
    if claim.corrected is not None:
        return set_by_you(claim.corrected)
    if claim.claim is Claim.ENDED:
        after = f", followed by: {claim.followed_by}" if claim.followed_by else ""
        return f"{phrase} {day(claim.programme.valid_to, claim.programme.to_said)}{after}"
    if claim.claim is Claim.NONE_FOUND:
        told = MAYBE if claim.alternatives else phrase
        return f"{told}, checked {day(claim.programme.checked)}"
    return phrase


def named_of(claim: HubClaim) -> str:
    """ "9 of 22 named" where fewer hubs can be named than were counted, else ""."""
    if claim.counted is None or not claim.counted.hubs or claim.named >= claim.counted.hubs:
        return ""
    return f"{claim.named} of {claim.counted.hubs} named"


def set_by_you(correction: Correction) -> str:
    """ "Set by you, on 22 November 2026"."""
    phrase = CLAIM_PHRASES[Claim.SET_BY_YOU]
    return f"{phrase}, on {day(correction.day)}" if correction.day else phrase


def not_open(school: School | None) -> str:
    """ "closed 31 Aug 2025" of a school that isn't open, what of one that isn't known; else ""."""
    if school is None:
        return "not in the register in use"
    told = joined(school.status.lower(), short_day(school.closed), sign=" ")
    return "" if school.is_open else cleaning.plain(told)


def set_closed(correction: Correction) -> str:
    """ "Closed, you said on 22 Nov 2026"."""
    when = f" on {short_day(correction.day)}" if correction.day else ""
    return f"Closed, you said{when}"


def marks(own: Marks) -> str:
    """What the head has on a body, in signs: "★ ✎2 @"; a spanner's sign is doubled, and a Δ stands
    first where it changed since the register before and they haven't seen it."""
    return " ".join(
        t
        for t in (
            CHANGED if own.changed else "",
            cleaning.plain(own.star),
            f"✎{own.notes}" if own.notes else "",
            "@@" if own.spanners else "@" if own.contacts else "",
        )
        if t
    )
