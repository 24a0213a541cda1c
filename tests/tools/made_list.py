"""A list of schools as people keep them, made of the register with what goes wrong, for measuring.

    python -m tests.tools.made_list [ROWS [SEED]]

prints how often each word of `navigator match` is right, over the register in use. What is right is
known because the row was made of a school; rows of schools that don't exist have none.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from navigator.domain.matching.asked import AskedFor
from navigator.domain.matching.matcher import HOW_SURE, Matcher
from navigator.register.named import NamedSchool, NamedSchools
from navigator.register.search_words import key
from navigator.service import Service

SHORT = {"School": "Sch", "Primary": "Pri", "Academy": "Acad", "Infant": "Inf", "Junior": "Jnr"}


Today = Callable[[int], Collection[int]]
"""The URNs that a school is today."""


class MadeRow(NamedTuple):
    """A row, what was done to it, and the URN of the school that it was made of; 0 for none."""

    noise: str
    asked: AskedFor
    urn: int


class ListMaker:
    """Makes rows. The same seed gives the same rows."""

    def __init__(self, schools: NamedSchools, seed: int = 14) -> None:
        self.dice = random.Random(seed)
        every = [schools.by_urn[urn] for urn in sorted(schools.by_urn)]
        self.open = [s for s in every if s.is_open and s.town and s.postcode]
        self.closed = [s for s in every if not s.is_open and s.town and s.postcode]
        shared = Counter(s.key for s in self.open)
        self.shared = [s for s in self.open if shared[s.key] > 1]
        self.towns = sorted({s.town for s in self.open})
        self.schools = schools

    def rows(self, number: int) -> Iterator[MadeRow]:
        kinds: tuple[tuple[str, Callable[[NamedSchool], AskedFor], list[NamedSchool]], ...] = (
            ("as it is, town", lambda s: AskedFor(s.name, s.town), self.open),
            ("as it is, postcode", lambda s: AskedFor(s.name, "", s.postcode), self.open),
            ("as it is, authority", lambda s: AskedFor(s.name, authority=s.la_name), self.open),
            ("name alone", lambda s: AskedFor(s.name), self.open),
            ("URN", lambda s: AskedFor(urn=s.urn), self.open),
            ("DfE number and name", lambda s: AskedFor(s.name, laestab=s.laestab), self.open),
            ("shared name, town", lambda s: AskedFor(s.name, s.town), self.shared),
            (
                "shared name, authority",
                lambda s: AskedFor(s.name, authority=s.la_name),
                self.shared,
            ),
            ("typo, town", lambda s: AskedFor(self.typo(s.name), s.town), self.open),
            ("typo, postcode", lambda s: AskedFor(self.typo(s.name), "", s.postcode), self.open),
            ("town in the name", lambda s: AskedFor(f"{s.name}, {s.town}"), self.open),
            ("short, town", lambda s: AskedFor(self.shorter(s.name), s.town), self.open),
            ("telling words, town", lambda s: AskedFor(self.telling(s.name), s.town), self.open),
            (
                "School for Academy, town",
                lambda s: AskedFor(self.turned(s.name), s.town),
                self.open,
            ),
            ("wrong postcode, town", self.moved, self.open),
            ("another's postcode", self.elsewhere, self.open),
            ("wrong town", lambda s: AskedFor(s.name, self.dice.choice(self.towns)), self.open),
            (
                "wrong URN",
                lambda s: AskedFor(s.name, urn=self.dice.choice(self.open).urn),
                self.open,
            ),
            ("old URN", lambda s: AskedFor(urn=s.urn), self.closed),
            ("old name, town", lambda s: AskedFor(s.name, s.town), self.closed),
            ("old name, postcode", lambda s: AskedFor(s.name, "", s.postcode), self.closed),
            ("no such school, town", self.invented, []),
            ("another of the kind, town", self.kin, self.open),
        )
        for index in range(number):
            noise, make, among = kinds[index % len(kinds)]
            school = self.dice.choice(among or self.open)
            unreal = noise in ("no such school, town", "another of the kind, town")
            yield MadeRow(noise, make(school), 0 if unreal else school.urn)

    def is_right(self, made: MadeRow, urn: int, today: Today) -> bool:
        """Whether a URN (0 for none) is what a row was made of, today.

        A row of no school may by chance have the very name of one in that town.
        """
        if made.urn or not urn:
            return urn in (today(made.urn) if made.urn else (0,))
        school = self.schools.by_urn[urn]
        same = school.key.removeprefix("the ") == key(made.asked.name).removeprefix("the ")
        return same and made.asked.town.casefold() in school.town.casefold()

    def typo(self, name: str) -> str:
        at = self.dice.randrange(1, len(name) - 2)
        how = self.dice.randrange(3)
        letter = self.dice.choice("abcdefghijklmnopqrstuvwxyz")
        return name[:at] + (letter, "", name[at + 1] + name[at])[how] + name[at + (1, 1, 2)[how] :]

    def shorter(self, name: str) -> str:
        return " ".join(SHORT.get(word, word) for word in name.split())

    def telling(self, name: str) -> str:
        dropped = {"School", "Academy", "Primary", "The", "CofE", "Catholic", "Community"}
        return " ".join(word for word in name.split() if word not in dropped) or name

    def turned(self, name: str) -> str:
        return name.replace("School", "Academy") if "School" in name else f"{name} School"

    def moved(self, school: NamedSchool) -> AskedFor:
        """With the postcode of another school of the same outward code."""
        outward = school.postcode.split()[0]
        near = [s for s in self.open if s.postcode.startswith(outward + " ")]
        return AskedFor(school.name, school.town, self.dice.choice(near).postcode)

    def elsewhere(self, school: NamedSchool) -> AskedFor:
        return AskedFor(school.name, school.town, self.dice.choice(self.open).postcode)

    def invented(self, school: NamedSchool) -> AskedFor:
        """The first word of one name and the others of another."""
        first = self.dice.choice(self.open).name.split()[0]
        return AskedFor(f"{first} {' '.join(school.name.split()[1:])}", school.town)

    def kin(self, school: NamedSchool) -> AskedFor:
        """Another kind of a school that has only one: its Infant School where it is a Primary."""
        for one, other in (("Primary", "Secondary"), ("Infant", "Junior"), ("Junior", "Infant")):
            if one in school.name:
                return AskedFor(school.name.replace(one, other), school.town)
        return self.invented(school)


def measure(maker: ListMaker, matcher: Matcher, rows: Iterable[MadeRow]) -> Iterator[str]:
    """Lines that tell it, and each that is wrong."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    every, right = Counter[str](), Counter[str]()
    for made in rows:
        found = matcher.match(made.asked)
        urn = found.school.urn if found.school else 0
        told[made.noise][found.how_sure] += 1
        every[found.how_sure] += 1
        if found.how_sure == "one of these":
            now = matcher.today(made.urn) if made.urn else ()
            right[found.how_sure] += any(school.urn in now for school in found.candidates)
        elif maker.is_right(made, urn, matcher.today):
            right[found.how_sure] += 1
        elif found.school:
            yield f"wrong, {found.how_sure}: {made} gave {urn} {found.school.name}"
    for word in HOW_SURE:
        share = f"{100 * right[word] / max(every[word], 1):.1f} %"
        yield f"{word:14} {every[word]:5}, right {right[word]:5} ({share})"
    for noise, words in told.items():
        yield f"{noise:28} {dict(words)}"


def main(number: int, seed: int) -> None:
    service = Service()
    maker = ListMaker(service.register.named(), seed)
    rows = list(maker.rows(number))
    start = time.process_time()
    matcher = service.matcher()
    for line in measure(maker, matcher, rows):
        print(line)
    print(f"{number} rows in {time.process_time() - start:.1f} s of processor time")


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:3]]
    main(*given, *(2200, 14)[len(given) :])
