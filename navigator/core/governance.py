"""How schools are run: which are state-funded, by whom each is run, how large a trust is.

Decided and named here for pages, maps, figures and exports. By type group, or by type where the
group ("Special schools") mixes. State-funded is as DfE's own download of that name has it:
maintained schools, academies and free schools with their special schools and pupil referral units;
not the non-maintained special ones, colleges or universities.
"""

from functools import lru_cache
from typing import NamedTuple, Protocol

MAINTAINED_GROUP = "Local authority maintained schools"
MAINTAINED_TYPES = ("Community special school", "Foundation special school")
ACADEMY_GROUPS = ("Academies", "Free Schools")
STATE_GROUPS = (MAINTAINED_GROUP, *ACADEMY_GROUPS)
STATE_TYPES = (*MAINTAINED_TYPES, "City technology college")

_MAT = "multi-academy trust"
_SAT = "single-academy trust"
_NO_TRUST = "academy or free school without a trust"

TRUST_KINDS = {
    "MAT": _MAT,
    "SAT": _SAT,
    "foundation": "foundation trust",
}

SIZE_BANDS = ((16, "large"), (6, "medium"), (2, "small"))
"""Open schools from which on a trust is in a band (EQuaLLS)."""


class SchoolSector(NamedTuple):
    """What a school's type says: whether it is state-funded, run with the local authority, and an
    academy or free school."""

    state_funded: bool
    maintained: bool
    academy: bool


class Governance(NamedTuple):
    """A way in which a state-funded school is run.

    `words` name it, `brief` where room is short, `title` over a figure, "" where figures don't tell
    it apart. `signs` are what stands for it on a map, and what in ASCII.
    """

    id: str
    words: str
    brief: str
    title: str
    signs: str
    runs: str
    fill: str

    @property
    def figure(self) -> str:
        """The id that figures count it under: a multi-academy trust of one school is small."""
        return self.id if self.title else "mat_small"


GOVERNANCE = {
    row[0]: Governance(*row)
    for row in (
        ("maintained", "maintained", "maintained", "Maintained", "○o", "council-maintained", "█"),
        ("sat", _SAT, "SAT", "Single-academy trust", "◊A", f"{_SAT}s", "╱"),
        ("mat_single", f"{_MAT} of one school", "MAT of 1", "", "◦i", "trusts of one school", "╱"),
        (
            *("mat_small", f"small {_MAT}, 2–5 schools", "MAT 2–5", "Small trust, 2–5", "▫S"),
            *("trusts of 2–5", "░"),
        ),
        (
            *("mat_medium", f"medium {_MAT}, 6–15 schools", "MAT 6–15", "Medium trust, 6–15", "□M"),
            *("trusts of 6–15", "▒"),
        ),
        (
            *("mat_large", f"large {_MAT}, 16 and more", "MAT 16+", "Large trust, 16+", "■L"),
            *("trusts of 16 and more", "▓"),
        ),
        ("other", f"{_NO_TRUST} on the register", "no trust", "Other", "??", "no trust named", "╳"),
    )
}
"""By id, in the order in which they are told."""

FIGURES = tuple(kind.id for kind in GOVERNANCE.values() if kind.title)
"""Those that figures tell apart."""


@lru_cache(maxsize=256)
def sector(type_: str, type_group: str) -> SchoolSector:
    """The sector of schools of a type, both in the register's words."""
    return SchoolSector(
        type_group in STATE_GROUPS or type_ in STATE_TYPES,
        type_group == MAINTAINED_GROUP or type_ in MAINTAINED_TYPES,
        type_group in ACADEMY_GROUPS,
    )


def size_band(schools: int) -> str:
    """small 2-5 schools, medium 6-15, large 16 and more; "single" for one."""
    return next((band for least, band in SIZE_BANDS if schools >= least), "single")


class SizedTrust(Protocol):
    """A trust, as far as it tells how its schools are run."""

    @property
    def kind(self) -> str: ...
    @property
    def schools(self) -> int: ...


def governance(trust: SizedTrust | None, *, maintained: bool) -> Governance:
    """How a state-funded school is run, by its trust if the register names one."""
    if maintained:
        return GOVERNANCE["maintained"]
    if trust is None or trust.kind not in ("MAT", "SAT"):
        return GOVERNANCE["other"]
    return GOVERNANCE["sat" if trust.kind == "SAT" else f"mat_{size_band(trust.schools)}"]
