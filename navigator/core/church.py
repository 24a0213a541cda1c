"""Which church a school is of, and its diocese: the register's words read once.

Only the Church of England and the Catholic Church have diocesan boards that answer for schools by
law; a school of another religious character is no church school here.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from navigator.core.keys import Key
from navigator.core.patterns import late
from navigator.core.reach import Reach, own

Church = Literal["Church of England", "Catholic"]

CHURCHES: tuple[Church, ...] = get_args(Church)

_BEFORE_NAME = late(
    r"^(?:(?P<sign>CE|RC)\d*\b\W*)?(?:(?P<words>Church of England|Roman Catholic|Catholic) )?"
    r"(?:(?P<arch>Arch)?diocese of )?",
    re.IGNORECASE,
)


@lru_cache(maxsize=128)
def churches_of(religious_character: str) -> tuple[Church, ...] | None:
    """The churches that a religious character names, in its order; two for a joint school, None
    where the register doesn't tell it ("None" and "Does not apply" are told).

    The register writes "Roman Catholic/Church of England", "Anglican/Church of England",
    "Catholic".
    """
    if not religious_character:
        return None
    found: dict[Church, None] = {}
    for word in religious_character.split("/"):
        if word.strip() in ("Roman Catholic", "Catholic"):
            found["Catholic"] = None
        elif word.strip() in ("Church of England", "Anglican"):
            found["Church of England"] = None
    return tuple(found)


@lru_cache(maxsize=256)
def diocese_named(text: str, churches: tuple[Church, ...] = ()) -> tuple[Church | None, str]:
    """What the register's words for a diocese name: its church, where they tell it, and its name.

    "CE Diocese of Ely" is Ely of the Church of England; "Archdiocese of Liverpool" is Catholic,
    unless the school is of one of the `churches` only: York and Canterbury are archdioceses, too.
    "Diocese of Leeds" may be either. The name is "" where the register has none.
    """
    found = _BEFORE_NAME.match(text.strip())
    sign = (found["sign"] or "").upper() if found else ""
    words = (found["words"] or "").casefold() if found else ""
    church: Church | None = None
    if (
        sign == "RC"
        or "catholic" in words
        or (found and found["arch"] and not words and sign != "CE" and len(churches) != 1)
    ):
        church = "Catholic"
    elif sign == "CE" or words:
        church = "Church of England"
    return church, text.strip()[found.end() if found else 0 :].strip()


def diocese_fold(name: str) -> str:
    """A diocese's name for comparing and for its key: "St. Albans" is "st-albans"."""
    said = name.casefold().replace("&", " and ").replace(".", "")
    return re.sub(r"[\W_]+", "-", said).strip("-")


def diocese_key(church: str, name: str) -> Key:
    """The key of a diocese: "diocese:ce/ely". Five names are in both churches."""
    return Key.nested("diocese", "rc" if church == "Catholic" else "ce", diocese_fold(name))


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

    `churches` are those it may be of: none where the register doesn't tell the school's religious
    character, two where a joint school's diocese may be either's. `name` is "" where the register
    doesn't tell the diocese; `board` is None where our table doesn't have it.
    """

    churches: tuple[Church, ...]
    name: str
    board: Diocese | None

    @property
    def church(self) -> Church | Literal[""]:
        """Its church, "" where that isn't known."""
        return self.churches[0] if len(self.churches) == 1 else ""

    @property
    def key(self) -> Key:
        """Of its page; no body where the diocese isn't known."""
        known = self.church and diocese_fold(self.name)
        return diocese_key(self.church, self.name) if known else Key("")

    @property
    def body(self) -> str:
        """Its board or office for education, "" where that isn't known to us."""
        return self.board.board if self.board else ""

    @property
    def reach(self) -> Reach | None:
        return self.board.reach if self.board else None


def for_churches(church: str, churches: tuple[Church, ...] | None) -> bool | None:
    """Whether a body of a church, "" for one of none, is for a school of some churches; None where
    the school's aren't known."""
    if not church:
        return True
    return None if churches is None else church in churches
