"""How a body is reached: its website and telephone, and whose they are.

Telephone numbers are offices' as the register has them, never a person's.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from navigator.core import cleaning

TRUST_PAGE = "https://www.get-information-schools.service.gov.uk/Groups/Group/Details/{}"
"""DfE's page of a trust, by its UID in the register."""

COUNCILS = "https://www.gov.uk/find-local-council"
"""GOV.UK's way to a council's own website, by postcode."""


class Reach(NamedTuple):
    """A way to reach a body: a website, a telephone, or both.

    `website` is http or https, or "". `of` tells whose it is: the body's own, its lead school's, or
    the official finder that leads to it; `name` who answers there. `office` names whose office the
    telephone is where that isn't `name`: beside a hub's own website stands its lead school's, as a
    hub's own number is in no table.
    """

    website: str
    telephone: str
    of: Literal["own", "lead", "finder"]
    name: str
    office: str = ""


class Office(Protocol):
    """Who has a website and a telephone in the register."""

    @property
    def name(self) -> str: ...
    @property
    def website(self) -> str: ...
    @property
    def telephone(self) -> str: ...


def own(name: str, website: str, telephone: str = "") -> Reach | None:
    """By the body's own website or telephone; None where neither is known."""
    website = cleaning.link(website)
    return Reach(website, telephone, "own", name) if website or telephone else None


def by_finder(name: str, address: str) -> Reach | None:
    """By the official page that leads to the body; None where there is none."""
    website = cleaning.link(address)
    return Reach(website, "", "finder", name) if website else None


def of_hub(name: str, website: str, leads: Iterable[Office], finder: Reach | None) -> Reach | None:
    """A hub's: its own website; else its lead school's, the first that has any; else the finder."""
    offices = [(lead.name, cleaning.link(lead.website), lead.telephone) for lead in leads]
    lead = next((Reach(w, t, "lead", n) for n, w, t in offices if w or t), None)
    found = own(name, website)
    if found and lead and lead.telephone:
        found = found._replace(telephone=lead.telephone, office=lead.name)
    return found or lead or finder
