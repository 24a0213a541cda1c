"""Which church a school is of, and its diocese: the register's words read once.

Only the Church of England and the Catholic Church have diocesan boards that answer for schools by
law; a school of another religious character is no church school here.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from navigator.core.keys import Key
from navigator.core.reach import Reach, own

Church = Literal["Church of England", "Catholic"]

CHURCHES: tuple[Church, ...] = get_args(Church)

_BEFORE_NAME = re.compile(
    r"^(?:(?P<sign>CE|RC)\d*\b\W*)?(?:(?P<words>Church of England|Roman Catholic|Catholic) )?"
    r"(?:(?P<arch>Arch)?diocese of )?",
    re.IGNORECASE,
)


@lru_cache(maxsize=128)
def churches_of(religious_character: str) -> tuple[Church, ...]:
    """The churches that a religious character names, in its order; two for a joint school.

    The register writes "Roman Catholic/Church of England", "Anglican/Church of England",
    "Catholic".
    """
    found: dict[Church, None] = {}
    for word in religious_character.split("/"):
        if word.strip() in ("Roman Catholic", "Catholic"):
            found["Catholic"] = None
        elif word.strip() in ("Church of England", "Anglican"):
            found["Church of England"] = None
    return tuple(found)


@lru_cache(maxsize=256)
def diocese_named(text: str) -> tuple[Church | None, str]:
    """What the register's words for a diocese name: its church, where they tell it, and its name.

    "CE Diocese of Ely" is Ely of the Church of England; "Archdiocese of Liverpool" is Catholic;
    "Diocese of Leeds" may be either. The name is "" where the register has none.
    """
    found = _BEFORE_NAME.match(text.strip())
    sign = (found["sign"] or "").upper() if found else ""
    words = (found["words"] or "").casefold() if found else ""
    church: Church | None = None
    if sign == "RC" or "catholic" in words or (found and found["arch"]):
        church = "Catholic"
    elif sign == "CE" or words:
        church = "Church of England"
    return church, text.strip()[found.end() if found else 0 :].strip()


def diocese_key(church: str, name: str) -> Key:
    """The key of a diocese: "diocese:ce/ely". Five names are in both churches."""
    sign = "rc" if church == "Catholic" else "ce"
    return Key.nested("diocese", sign, re.sub(r"[^a-z]+", "-", name.casefold()).strip("-"))


class Diocese(NamedTuple):
    """A diocese with its board or office for education: one row of `data/dioceses.csv`.

    `board` and `website` are "" where none was found by `as_of`. `source_date` is when the page of
    the source was made, as it says.
    """

    church: Church
    name: str
    board: str
    website: str
    source: str
    source_date: str
    as_of: date
    confidence: Literal["high", "medium", "low", ""]
    note: str

    @property
    def key(self) -> Key:
        return diocese_key(self.church, self.name)

    @property
    def reach(self) -> Reach | None:
        return own(self.board or f"Diocese of {self.name}", self.website)


class DioceseHere(NamedTuple):
    """A church school's diocese.

    `church` is "" where the register doesn't tell the school's religious character, `name` "" where
    it doesn't tell the diocese; `board` is None where our table doesn't have it.
    """

    church: Church | Literal[""]
    name: str
    board: Diocese | None

    @property
    def key(self) -> Key:
        """Of its page; no body where the diocese isn't known."""
        return diocese_key(self.church, self.name) if self.church and self.name else Key("")

    @property
    def body(self) -> str:
        """Its board or office for education, "" where that isn't known to us."""
        return self.board.board if self.board else ""

    @property
    def reach(self) -> Reach | None:
        return self.board.reach if self.board else None


def for_churches(church: str, churches: tuple[Church, ...]) -> bool:
    """Whether a body of a church, "" for one of none, is for a school of some churches."""
    return not church or church in churches
