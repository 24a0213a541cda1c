"""Postcodes that no school has: where they are taken to be, and which aren't England's."""

from typing import NamedTuple

from navigator.core.patterns import late


class Centre(NamedTuple):
    """The middle of an outward code ("M1"), in metres of the National Grid.

    `sure` where it is the middle of its own state schools; else it is a public list's.
    """

    easting: int
    northing: int
    sure: bool


class NearTo(NamedTuple):
    """Where a postcode that no school has is taken to be, in metres of the National Grid.

    Attributes:
        typed: the postcode, or what of one was typed: "M1 1AE".
        used: the part of it that was used: "M1", "NG7 2".
        of_schools: whether it is the middle of the schools there, as the register has them.
        sure: whether it is more than about the middle.
    """

    typed: str
    used: str
    easting: int
    northing: int
    of_schools: bool = False
    sure: bool = True

    @property
    def said(self) -> str:
        """What was used, in a line above the schools that are nearest."""
        middle = "the middle of" if self.sure else "about the middle of"
        part = f"the schools of {self.used}" if self.of_schools else f"{middle} {self.used}"
        return f"No school in {self.typed}; nearest to {part}:"


_ABROAD = {
    **dict.fromkeys(("AB", "DD", "DG", "EH", "FK", "G", "HS", "IV"), "Scotland"),
    **dict.fromkeys(("KA", "KW", "KY", "ML", "PA", "PH", "ZE"), "Scotland"),
    **dict.fromkeys(("CF", "SA"), "Wales"),
    "BT": "Northern Ireland",
    "GY": "Guernsey",
    "IM": "the Isle of Man",
    "JE": "Jersey",
}
"""Areas of postcodes of which no part is in England."""

_AT_THE_BORDER = {**dict.fromkeys(("LD", "LL", "NP", "SY"), "Wales"), "TD": "Scotland"}
"""Areas of which much lies outside England. (Of CH and HR each code is known: some is in England.)
"""

_MISREAD = late(r"([A-Z]{1,2})([\dOI][A-Z\d]?)(\s*)([\dOI])([A-Z01]{2})")
_DIGITS = str.maketrans("OI", "01")
_LETTERS = str.maketrans("01", "OI")

_POSTCODE = late(r"([A-Z]{1,2})\d[A-Z\d]?[\s.-]*(\d[A-Z]{0,2})?")


def with_zero_for_o(typed: str) -> str:
    """A whole postcode in capitals with digits where digits belong, letters where letters do.

    >>> with_zero_for_o("SE24 OBJ"), with_zero_for_o("HOLLY")
    ('SE24 0BJ', 'HOLLY')
    """
    found = _MISREAD.fullmatch(typed)
    if not found or not any(letter.isdigit() for letter in typed):
        return typed
    area, district, blank, sector, unit = found.groups()
    district = district.translate(_DIGITS)
    return f"{area}{district}{blank}{sector.translate(_DIGITS)}{unit.translate(_LETTERS)}"


def elsewhere(text: str) -> str:
    """Why a postcode that finds nothing finds nothing; "" for a text that is none."""
    typed = " ".join(text.upper().split())
    found = _POSTCODE.fullmatch(typed)
    if not found:
        return ""
    if country := _ABROAD.get(found[1]):
        return f"{typed} is in {country}, and Navigator covers England only."
    unknown = f"{typed} isn't among England's postcodes known here"
    if country := _AT_THE_BORDER.get(found[1]):
        return f"{unknown}: much of {found[1]} is in {country}."
    return f"{unknown}. Check it, or try the town." if found[2] else ""
