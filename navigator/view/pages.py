"""The page of a key: which kind of page it is, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import dates
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.wording import Units
from navigator.view import body_pages, hub_pages, list_pages
from navigator.view.sections import Page

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.core.record import OwnRecord
    from navigator.directory.packs import FactsInUse
    from navigator.directory.summary import Checked, TableSummary
    from navigator.domain.plan.schools import PlanSchools
    from navigator.domain.questions import Questions


class PageAsked(NamedTuple):
    """A page as it is asked for, and what it is asked of.

    `home` is the landscape walked from: distances and shares are told from its school. `rate` gives
    what a day of cover costs, `most_out` how many may be out of class at once, `schools` which
    schools the plan has, `summaries` how far each table of facts reaches, `facts` which are in use
    and when their rows were checked.
    """

    key: Key
    home: Landscape | None
    day: date
    units: Units
    ask: Questions
    record: OwnRecord
    rate: Callable[[], Decimal | None]
    most_out: Callable[[], int | None]
    schools: Callable[[], PlanSchools]
    summaries: Callable[[date], list[TableSummary]]
    facts: Callable[[], tuple[FactsInUse, Checked]]

    def landscape(self, urn: int) -> Landscape:
        return self.ask.landscapes.landscape(urn, self.day, self.record)


def page(asked: PageAsked) -> Page:
    """The page of a key.

    Raises:
        NotFoundError: no such page, or no such body; the text says so.
    """
    maker = MAKERS.get(asked.key.kind)
    if maker is None:
        raise NotFoundError(f"Navigator has no page for “{asked.key}”.")
    return maker(asked)


def _hub(asked: PageAsked) -> Page:
    detail = asked.ask.bodies.hub(asked.key, asked.home, asked.day)
    return hub_pages.hub_page(detail, asked.home, asked.units)


def _programme(asked: PageAsked) -> Page:
    detail = asked.ask.bodies.programme(asked.key.name, asked.day, asked.home)
    return hub_pages.programme_page(detail, asked.units)


def _trust(asked: PageAsked) -> Page:
    detail = asked.ask.bodies.trust(asked.key.name, asked.home)
    return body_pages.trust_page(detail, asked.home, asked.units)


def _authority(asked: PageAsked) -> Page:
    detail = asked.ask.bodies.authority(asked.key.name, asked.day)
    return body_pages.authority_page(detail, asked.ask.register.info)


def _diocese(asked: PageAsked) -> Page:
    from navigator.view.diocese_page import diocese_page

    detail = asked.ask.bodies.diocese(asked.key, asked.home)
    return diocese_page(detail, asked.ask.register.info, asked.units)


def _body(asked: PageAsked) -> Page:
    return body_pages.body_page(asked.ask.bodies.body(asked.key, asked.day))


def _schools(asked: PageAsked) -> Page:
    return list_pages.schools_page(asked.key, asked.ask.bodies.schools(asked.key, asked.day))


def _own_network(asked: PageAsked) -> Page:
    network = asked.record.own_network(asked.key.name)
    return body_pages.network_page(asked.ask.bodies.own_network(network, asked.home), asked.units)


def _sources(asked: PageAsked) -> Page:
    return list_pages.sources_page(asked.summaries(asked.day), *asked.facts())


# Who opens a hub's page needn't load those of places or plans: these import them themselves.


def _place(asked: PageAsked) -> Page:
    from navigator.view import compared_pages, place_pages

    profiles = asked.ask.profiles.of_page(asked.key, asked.day, asked.record)
    info = asked.ask.register.info
    if asked.key.kind == "alike":
        return compared_pages.alike_page(profiles, info)
    if asked.key.kind == "compare":
        return compared_pages.compare_page(profiles, info, asked.units)
    return place_pages.profile_page(profiles[0], info, asked.units)


def _pair(asked: PageAsked) -> Page:
    from navigator.view import overlap_pages

    urns = [Key.of("school", name).urn for name in asked.key.pair]
    if None in urns:
        raise NotFoundError(f"Navigator has no page for “pair:{asked.key.name[:40]}”.")
    one, other = (asked.landscape(urn) for urn in urns if urn is not None)
    return overlap_pages.pair_page(one, other, asked.ask.overlaps.pair(one, other), asked.units)


def _activity(asked: PageAsked) -> Page:
    from navigator.view.activity_page import activity_page

    return activity_page(
        asked.record,
        asked.key.name,
        asked.day,
        asked.rate(),
        most_out=asked.most_out(),
        schools=asked.schools(),
    )


def _week(asked: PageAsked) -> Page:
    from navigator.view import plan_year

    try:
        monday = dates.of_our_times(date.fromisoformat(asked.key.name))
    except ValueError:
        raise NotFoundError(f"“{asked.key.name[:40]}” isn't a date.") from None
    except RefusedError as error:
        raise NotFoundError(str(error)) from None
    return plan_year.week_page(asked.record, monday, asked.day, asked.most_out(), asked.schools())


MAKERS: dict[str, Callable[[PageAsked], Page]] = {
    "hub": _hub,
    "programme": _programme,
    "trust": _trust,
    "la": _authority,
    "diocese": _diocese,
    "network": _body,
    "partnership": _body,
    "hub-schools": _schools,
    "network-schools": _schools,
    "partnership-schools": _schools,
    "own": _own_network,
    "sources": _sources,
    "place": _place,
    "alike": _place,
    "compare": _place,
    "pair": _pair,
    "activity": _activity,
    "plan-week": _week,
}
"""What makes the page of each kind of key."""
