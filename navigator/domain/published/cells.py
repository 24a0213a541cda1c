"""The cells of a published list: what areas, which lead school, which address, which day.

Each gives what is sure, and a doubt for what isn't: that is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import cleaning, dates, wording
from navigator.core.errors import RefusedError
from navigator.core.model import Area, School
from navigator.directory.leads import alike
from navigator.directory.read_places import advice
from navigator.domain import naming
from navigator.domain.published import people
from navigator.register.search_words import fold, key

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register

MOST = 200
"""Schools that are looked through for those of one name."""

LONGEST = 200
"""Letters of a text that may be the name of an area, with all that people put before and behind."""

SHOWN = 4
"""Schools or areas that a doubt names."""


class AreaSaid(NamedTuple):
    """An area, and which part of it in the list's own words ("" for the whole)."""

    area: Area
    part: str = ""


class AreaCells:
    """Reads cells of areas, as people write them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        known = [(a.name, Area("LA", a.code, a.name)) for a in directory.authorities()]
        taken = {fold(name) for name, _ in known}
        known += [
            (d.name, area)
            for d in directory.districts()
            if fold(d.name) not in taken and (area := directory.places.area(d.name, "district"))
        ]
        self._exact: dict[str, list[Area]] = {}
        for name, area in known:
            for way in {fold(name), naming.bare(name)}:
                self._exact.setdefault(way, []).append(area)
        # "Bournemouth, Christchurch, and Poole" has one comma more than its name
        self._most_pieces = 2 + max((name.count(",") for name, _ in known), default=0)
        # One cell may name an area a thousand times, and columns are read more than once
        self._area = lru_cache(maxsize=4_096)(self._known_as)
        self._doubt = lru_cache(maxsize=4_096)(self._doubt_of)
        self._regions = {fold(a.region): a.region for a in directory.authorities()}
        self._regions |= {name.removeprefix("the "): r for name, r in self._regions.items()}

    def region(self, text: str) -> str:
        """A region by its name, "" for none."""
        folded = fold(text).removesuffix(" region").removeprefix("the ")
        folded = folded.replace("yorkshire and humber", "yorkshire and the humber")
        return self._regions.get(folded, "")

    def names_areas(self, text: str) -> bool:
        """Whether a cell surely says areas: most of what it lists is known."""
        found, unknown, _, _ = self._read(text)
        return len(found) > len(unknown)

    def read(self, text: str) -> tuple[list[AreaSaid], list[str], str]:
        """(the areas of a cell, doubts, a region that it names instead)."""
        found, unknown, parts, region = self._read(text)
        return found, [*unknown, *parts], region

    def _read(self, text: str) -> tuple[list[AreaSaid], list[str], list[str], str]:
        """As `read`, the doubts of names and of parts each by themselves."""
        found: dict[str, AreaSaid] = {}
        doubts: list[str] = []
        parts: list[str] = []
        region = ""
        for piece in re.split(r"[;\n|•]|\s/\s", text):
            for name, part in self._names(piece):
                if not name:
                    continue
                area = self._area(name)
                if area:
                    known, doubt = self._part(part, area)
                    parts += doubt
                    found.setdefault(f"{area.kind}:{area.code}", AreaSaid(area, known))
                elif self.region(name) and not region:
                    region = self.region(name)
                elif fold(name) in ("england", "national", "all england", "nationwide"):
                    region = region or NATIONAL
                else:
                    doubts.append(self._doubt(name))
        return list(found.values()), doubts, parts, region

    def _part(self, text: str, area: Area) -> tuple[str, list[str]]:
        """A part of an area where its words are known, and the doubt where they aren't."""
        words = fold(text).split()
        place = 0
        while place < len(words):
            for end in range(len(words), place, -1):
                name = " ".join(words[place:end])
                if (
                    PART_WORDS.fullmatch(name)
                    or self._area(name)
                    or naming.former(name, self._directory)
                ):
                    place = end
                    break
            else:
                shown = f"“{cleaning.plain(text)[:60]}” behind {area.name}"
                if people.names_one(text) or people.without_contacts(text) != text:
                    return "", [f"{shown} may name a person"]
                return PART, [f"{shown} is no part that is known: it is kept as {PART}"]
        return text, []

    def _names(self, text: str) -> Iterator[tuple[str, str]]:
        """The areas that a piece lists, each with its part; names hold commas and "and", too."""
        for words, part in _parted(text):
            held = _OF.sub(rf"{_COMMA}\1", words)
            pieces = [p.strip(" .").replace(_COMMA, ", ") for p in held.split(",")]
            while pieces:
                for end in range(min(len(pieces), self._most_pieces), 0, -1):
                    whole = ", ".join(pieces[:end])
                    if end == 1 or self._area(whole):
                        break
                pieces = pieces[end:]
                names = list(self._joined(re.sub(r"^(and|&)\s+", "", whole)))
                for name in names:
                    yield name, part if name == names[-1] and not pieces else ""

    def _joined(self, text: str) -> Iterator[str]:
        """A name, or those of "Derby and Derbyshire" where both are known and the whole isn't."""
        while apart := self._apart(text):
            name, text = apart
            yield name
        yield text

    def _apart(self, text: str) -> tuple[str, str] | None:
        """The first name of several, and the rest; None where the text is one."""
        if not self._area(text):
            for mark in re.finditer(r"\s+(and|&)\s+", text):
                before, after = text[: mark.start()], text[mark.end() :]
                if self._area(before) and (self._area(after) or " and " in after):
                    return before, after
        return None

    def _known_as(self, name: str) -> Area | None:
        if len(name) > LONGEST:
            return None
        for way in (fold(name), naming.bare(name)):
            found = self._exact.get(way, [])
            if len(found) == 1 or (found and len({area.name for area in found}) == 1):
                return found[0]
        return None

    def _doubt_of(self, name: str) -> str:
        shown = cleaning.plain(name)[:60]
        if area := naming.former(name, self._directory):
            return f"“{shown}” is no area of today: {naming.became(area)}"
        near = advice(self._directory.places, name).removeprefix("; ")
        near = "" if near.startswith("see ") else f": {near}"
        return f"no area is called “{shown}”{near}"


NATIONAL = "England"

PART = "perhaps in part"
"""What is kept of an area behind which a list says something that isn't understood."""

PART_WORDS = re.compile(
    r"parts?|partly|of|in|the|and|or|to|only|all|whole|most|some|rest|but|except|excluding|including"
    r"|not|less|(north|south)( ?(east|west))?(ern)?|(east|west)(ern)?|central|centre|mid"
    r"|inner|outer|upper|lower|former|rural|urban|coast(al)?|city|county|towns?|areas?|districts?"
    r"|boroughs?|council|authority|half|side|schools|primary|secondary"
)
"""Words by which lists say a part; the names of areas do, too."""

_COMMA = "\x01"
_OF = re.compile(r",\s*((?:city|county) of)(?=\s*(?:$|,|and\b|&))", re.IGNORECASE)
"""The end of "Bristol, City of", whose comma parts no names."""


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of a text with what stands in brackets behind them: "Essex (part)"."""
    start = 0
    for found in re.finditer(r"\(([^)]*)\)", text):
        words = text[start : found.start()].strip(" ,")
        if words:
            yield words, cleaning.plain(found[1]).replace(":", " ")
        start = found.end()
    if rest := text[start:].strip(" ,"):
        yield rest, ""


class LeadSaid(NamedTuple):
    """What a row says of its lead school, "" for nothing."""

    name: str = ""
    urn: str = ""
    town: str = ""
    postcode: str = ""
    authority: str = ""


def lead_said(name: str, urn: str, *where: str) -> LeadSaid:
    """What the cells of a lead school say; its URN may stand beside its name, or in its stead:
    "139326", "URN 139326", "Firbeck Academy (139326)"."""
    text = name or urn
    found = list(_URN.finditer(text))
    if len(found) == 1 and (not name or urn in ("", found[0][1])):
        (at,) = found
        pieces = (text[: at.start()].rstrip(_MARKS), text[at.end() :].lstrip(_MARKS))
        return LeadSaid(wording.joined(*pieces, sign=" "), at[1], *where)
    if not re.search(r"\d", urn):  # a name in a column of URNs
        return LeadSaid(text, "", *where)
    return LeadSaid(name, urn, *where)


_URN = re.compile(r"\(?\s*(?:\burn\W*|(?<![\w/]))(\d{6})(?:\.0+)?(?![\w/])\s*\)?", re.IGNORECASE)
_MARKS = " ,;:-–—"


def lead(said: LeadSaid, register: Register) -> tuple[School | None, list[str]]:
    """The one open school that a row means, and the doubts where it isn't sure which."""
    if re.sub(r"\.0+$", "", said.urn.strip()):
        return _by_urn(said, register)
    if not said.name:
        return None, []
    found, place = _named(said.name, register)
    near = [s for s in found if _lies(s, said, place)]
    says_where = bool(said.town or said.postcode or said.authority or place)
    if len(near) == 1:
        return near[0], []
    if len(near) > 1:
        return None, [f"“{_short(said.name)}” fits {len(near)} schools: {_listed(near)}"]
    if found and says_where:
        where = said.postcode or said.town or said.authority or place
        return None, [f"“{_short(said.name)}” isn't in {_short(where)}: {_listed(found)}"]
    nearest = [s for s in register.search(f"{said.name} {said.town}".strip(), 5) if s.is_open]
    nearest = [s for s in nearest if alike(said.name, s.name)][:2]
    told = f"; nearest: {_listed(nearest)}" if nearest else ""
    return None, [f"no open school is called “{_short(said.name)}”{told}"]


def _by_urn(said: LeadSaid, register: Register) -> tuple[School | None, list[str]]:
    digits = re.findall(r"\d+", re.sub(r"\.0+$", "", said.urn.strip()))
    if len(digits) != 1 or len(digits[0]) != 6:
        return None, [f"“{_short(said.urn)}” is no URN, which has 6 digits"]
    urn = int(digits[0])
    school = register.get(urn)
    if school is None or not school.is_open:
        followed = register.successor(urn)
        if followed:
            return None, [f"URN {urn} has closed; {_listed(followed)} followed it"]
        told = "has closed" if school else "isn't on the register in use"
        return None, [f"URN {urn} {told}"]
    if said.name and not alike(said.name, school.name):
        return None, [f"URN {urn} is {school.name}, not “{_short(said.name)}”"]
    return school, []


def _named(name: str, register: Register) -> tuple[list[School], str]:
    """The open schools of a name, and the place that the name itself says ("Oak School, Derby")."""
    ways = [(name, "")]
    if split := re.fullmatch(r"(.+?)\s*(?:,\s*([^,]+)|\(([^)]+)\))\s*", name):
        ways.append((split[1], split[2] or split[3]))
    for words, place in ways:
        wanted = key(words).removeprefix("the ")
        found = {
            school.urn: school
            for text in (words, f"{words} {place}")
            for school in register.search(text, MOST)
            if school.is_open and key(school.name).removeprefix("the ") == wanted
        }
        if found:
            return list(found.values()), place
    return [], ""


def _lies(school: School, said: LeadSaid, place: str) -> bool:
    """Whether a school lies where the row says; a row that says nothing of it agrees."""
    if said.postcode and _code(said.postcode) != _code(school.postcode):
        return False
    areas = {naming.bare(school.la_name), naming.bare(school.district_name), fold(school.town)}
    told = [text for text in (said.town, said.authority, place) if text]
    return all(fold(text) in areas or naming.bare(text) in areas for text in told)


def _code(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def _short(text: str) -> str:
    return cleaning.plain(text)[:80]


def _listed(schools: Sequence[School]) -> str:
    shown = [f"{s.name}, {s.town or s.la_name} (URN {s.urn})" for s in schools[:SHOWN]]
    return wording.first_few(shown, SHOWN, "; ", last="; ", of=len(schools))


def website(text: str) -> tuple[str, list[str]]:
    """An address that may be opened, and the doubt where there is something else."""
    found = re.search(r"(https?://|www\.)[^\s<>\"']+", text, re.IGNORECASE)
    address = cleaning.link(found[0].rstrip(".,;)") if found else text.strip())
    host = address.partition("://")[2].partition("/")[0]
    if not text.strip():
        return "", []
    if not address or "@" in host or ":" in host:
        return "", [f"“{_short(text)}” is no website"]
    if people.in_address(address):
        return "", [f"the address “{_short(text)}” may name a person"]
    return address, []


def day(text: str) -> tuple[str, list[str]]:
    """A date as exact as it is written ("2026", "2026-09", "2026-09-01"), and the doubt."""
    told = text.strip()
    if not told:
        return "", []
    try:
        first, last = dates.span(told)
    except RefusedError as error:
        return "", [str(error).removesuffix(".")]
    return _vague(first, last), []


def _vague(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    return first.isoformat()[: 4 if last.month > first.month else 7]
