"""Every school in scope with what lists name it by, in memory: for many questions at once.

The finder reads as little as it can for one question; a list asks a thousand. 0.3 s and 40 MB over
England.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from navigator.register.near import Ask
from navigator.register.schema import OPEN


class NamedSchool(NamedTuple):
    """What a list may name a school by; `key` is its name as `search_words.key` compares it."""

    urn: int
    tier: int
    key: str
    name: str
    town: str
    postcode: str
    la_code: str
    la_name: str
    district_name: str
    laestab: int
    ukprn: int

    @property
    def is_open(self) -> bool:
        return self.tier == OPEN


class NamedSchools:
    """The schools in scope by URN, and the URNs that a key, a postcode or a number has.

    Keys are without "the" before them; postcodes as the register writes them; a LAESTAB has 7
    digits.
    """

    def __init__(self, ask: Ask) -> None:
        rows = ask(
            "SELECT school.urn, ranked.tier, ranked.key, school.name, coalesce(school.town, ''), "
            "coalesce(school.postcode, ''), place.la_code, place.la_name, "
            "coalesce(place.district_name, ''), coalesce(school.laestab, 0), "
            "coalesce(school.ukprn, 0) FROM ranked JOIN school ON school.urn = ranked.urn "
            "JOIN place ON place.id = school.place"
        )
        self.by_urn = {row[0]: NamedSchool._make(row) for row in rows}
        keys, postcodes = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        laestabs, ukprns = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
        for school in self.by_urn.values():
            keys[school.key.removeprefix("the ")].append(school.urn)
            postcodes[school.postcode].append(school.urn)
            laestabs[school.laestab].append(school.urn)
            ukprns[school.ukprn].append(school.urn)
        for index in (laestabs, ukprns):
            index.pop(0, None)
        postcodes.pop("", None)
        self.by_key: Mapping[str, Sequence[int]] = keys
        self.by_postcode: Mapping[str, Sequence[int]] = postcodes
        self.by_laestab: Mapping[int, Sequence[int]] = laestabs
        self.by_ukprn: Mapping[int, Sequence[int]] = ukprns

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of their keys: what is one of them is no slip for another."""
        return frozenset(" ".join(school.key for school in self.by_urn.values()).split())
