"""A church school's diocese: by the register's own words, and "?" where it has none.

DfE's real file fills `Diocese (name)`; the one that tests over England read doesn't, so these rows
are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core.church import DioceseHere
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.landscape import Landscape, Sureness
from navigator.core.model import Network, Partnership
from navigator.core.record import NO_RECORD
from navigator.directory import open_directory
from navigator.domain.questions import Questions
from navigator.export.contract import as_dict
from navigator.export.landscapes import landscape_text
from navigator.register import Register, open_register, update_from
from navigator.service import Service
from navigator.view import belonging, grounds
from navigator.view.sections import Page
from tests.register import made

DAY = date(2026, 11, 27)

ROWS = [  # religious character, diocese as the register writes it
    ("Church of England", "CE Ely"),
    ("Church of England", "Diocese of Ely"),
    ("Roman Catholic", "Archdiocese of Southwark"),
    ("Church of England", "Diocese of Southwark"),
    ("Church of England", ""),
    ("Does not apply", "Not applicable"),
    ("Methodist", ""),
    ("", ""),
    ("Church of England/Roman Catholic", "Diocese of Leeds"),  # a name that both churches have
    ("Church of England/Roman Catholic", "RC Leeds"),
    ("Church of England/Methodist", "Diocese of Chester"),
    ("Church of England", "Diocese of Nowhere"),  # one that our table lacks
    ("Church of England", "Diocese of Carlisle"),  # one whose board we didn't find
    ("Church of England", "Archdiocese of York"),
]
ELY, ELY_TOO, RC_SOUTHWARK, CE_SOUTHWARK, NO_DIOCESE, NONE, METHODIST, SILENT = range(
    100_000, 100_008
)
LEEDS, RC_LEEDS, CHESTER, NOWHERE, CARLISLE, YORK = range(100_008, 100_014)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("made")
    made.write(
        source,
        (
            {**row, "ReligiousCharacter (name)": character, "Diocese (name)": diocese}
            for row, (character, diocese) in zip(made.schools(len(ROWS)), ROWS, strict=True)
        ),
    )
    folder = tmp_path_factory.mktemp("data")
    update_from(source, folder)
    return folder


@pytest.fixture(scope="module")
def service(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service(folder, records=tmp_path_factory.mktemp("records"))
    yield service
    service.close()


def landscape(service: Service, urn: int) -> Landscape:
    return service.landscape(urn, DAY)


def here(service: Service, urn: int) -> DioceseHere | None:
    return landscape(service, urn).diocese


@pytest.mark.parametrize(
    ("urn", "church", "name", "board"),
    [
        (ELY, "Church of England", "Ely", "Diocese of Ely Education Directorate"),
        (ELY_TOO, "Church of England", "Ely", "Diocese of Ely Education Directorate"),
        (
            RC_SOUTHWARK,
            "Catholic",
            "Southwark",
            "Education Commission/Service, Archdiocese of Southwark",
        ),
        (
            CE_SOUTHWARK,
            "Church of England",
            "Southwark",
            "Southwark Diocesan Board of Education (SDBE)",
        ),
        (CHESTER, "Church of England", "Chester", "Chester Diocesan Board of Education"),
        (CARLISLE, "Church of England", "Carlisle", ""),
        (RC_LEEDS, "Catholic", "Leeds", ""),
        (LEEDS, "", "Leeds", None),
        (YORK, "Church of England", "York", "York Diocesan Board of Education"),
        (NOWHERE, "Church of England", "Nowhere", None),
        (NO_DIOCESE, "Church of England", "", None),
        (SILENT, "", "", None),
    ],
)
def test_a_school_has_the_diocese_that_the_register_names(
    service: Service, urn: int, church: str, name: str, board: str | None
) -> None:
    found = here(service, urn)
    assert found is not None
    assert (found.church, found.name) == (church, name)
    assert (found.board.board if found.board else None) == board


def test_a_school_of_no_church_has_none(service: Service) -> None:
    assert here(service, NONE) is None
    assert here(service, METHODIST) is None


def test_the_landscape_says_which_and_where_to_ask_and_that_it_does_not_know(
    service: Service,
) -> None:
    said = landscape_text(landscape(service, CE_SOUTHWARK))
    assert "Southwark (Church of England)" in said
    assert "Southwark Diocesan Board of Education (SDBE)" in said
    assert "the register in use names no diocese" in landscape_text(landscape(service, NO_DIOCESE))
    assert "None: not a church school." in landscape_text(landscape(service, NONE))
    assert "doesn't tell whether this is a church school" in landscape_text(
        landscape(service, SILENT)
    )


def test_a_joint_schools_diocese_that_may_be_of_either_church_is_a_question(
    service: Service,
) -> None:
    shown = landscape(service, LEEDS)
    assert shown.diocese
    assert shown.diocese.key == ""
    row = next(row for row in belonging.rows(shown, "miles") if row.label == "Diocese")
    assert (row.text, row.sure) == ("? Church of England or Catholic", Sureness.UNKNOWN)
    for key in ("diocese:ce/leeds", "diocese:rc/leeds"):
        schools = page(service, key).sections[-1].entries
        assert shown.school.name not in {entry.text for entry in schools}


def test_a_body_of_a_church_is_one_to_ask_where_the_schools_church_isnt_known(
    england: Register,
) -> None:
    ask = Questions(england, open_directory())
    near = next(s for s in england.census.in_la("350") if "Catholic" in (s.churches or ()))
    home = ask.landscapes.landscape(near.urn, DAY)
    silent = near._replace(religious_character="")
    shown = home._replace(school=silent)
    (body,) = (n for n in home.networks if n.church)
    row = next(row for row in belonging.networks(shown).entries if row.text == body.name)
    assert row.sure is Sureness.ASK
    assert row.detail.startswith(
        "for Catholic schools: the register doesn't tell whether this is one"
    )
    assert row.card
    why = dict(row.card.facts)["Why"]
    assert why.startswith("For Catholic schools: the register doesn't tell whether this is one. ")
    assert body in ask.directory.networks(silent.la_code, silent.phase, silent.churches)
    sharing = ask.landscapes.sharing.area_of(body)
    assert (sharing(near), sharing(silent)) == (True, None)
    assert {b.same for b in ask.overlaps.pair(home, shown) if b.one.key == body.key} == {None}


def test_json_tells_the_board_and_its_website(service: Service) -> None:
    assert as_dict(landscape(service, CE_SOUTHWARK))["diocese"] == {
        "church": "Church of England",
        "name": "Southwark",
        "body": "Southwark Diocesan Board of Education (SDBE)",
        "reach": {
            "website": "https://education.southwark.anglican.org",
            "telephone": "",
            "of": "own",
        },
    }
    assert as_dict(landscape(service, CARLISLE))["diocese"]["reach"] is None
    assert as_dict(landscape(service, NONE))["diocese"] is None


def page(service: Service, key: str) -> Page:
    return service.page(key, landscape(service, ELY), DAY, "miles")


def test_the_page_of_a_diocese_has_its_board_and_its_schools(service: Service) -> None:
    shown = page(service, "diocese:ce/ely")
    assert shown.title == "Diocese of Ely"
    assert shown.reach
    assert shown.reach.website == "https://elydiocese.org/schools/"
    about, *_, schools = shown.sections
    assert {
        "Diocese of Ely Education Directorate",
        "Church of England",
        "2 open schools, all primary",
    } <= {entry.text for entry in about.entries}
    assert {e.card.key for e in schools.entries if e.card} == {f"school:{ELY}", f"school:{ELY_TOO}"}


def test_dioceses_of_one_name_have_a_page_each(service: Service) -> None:
    ours = {
        key: [e.text for e in page(service, key).sections[-1].entries]
        for key in ("diocese:ce/southwark", "diocese:rc/southwark", "diocese:rc/leeds")
    }
    assert ours == {
        "diocese:ce/southwark": ["Made 3 Primary School"],
        "diocese:rc/southwark": ["Made 2 Primary School"],
        "diocese:rc/leeds": ["Made 9 Primary School"],
    }


def test_a_diocese_that_our_table_lacks_has_a_page_too(service: Service) -> None:
    shown = page(service, "diocese:ce/nowhere")
    assert shown.title == "Diocese of Nowhere"
    assert "its board for education isn't known to us" in {
        e.text for e in shown.sections[0].entries
    }
    with pytest.raises(NotFoundError, match="No diocese “ce/elsewhere” is known"):
        page(service, "diocese:ce/elsewhere")


def test_a_diocese_has_a_map_of_its_schools(service: Service) -> None:
    ground = service.ground("diocese:ce/ely", None, DAY)
    assert ground.title == "Diocese of Ely"
    assert {point.urn for point in ground.places} == {ELY, ELY_TOO}


def test_the_index_lists_the_59(service: Service) -> None:
    listed = [b for b in service.questions.index.on(DAY, NO_RECORD) if b.kind == "Dioceses"]
    assert len(listed) == len({b.key for b in listed}) == 59


def test_a_register_that_names_none_says_so(england: Register) -> None:
    ask = Questions(england, open_directory())
    detail = ask.bodies.diocese(Key("diocese:ce/ely"), None)
    assert (detail.told, detail.members) == (False, ())
    with pytest.raises(NotFoundError, match="There is no map of Diocese of Ely"):
        grounds.ground(ask, Key("diocese:ce/ely"), None, DAY, NO_RECORD)


def test_no_catholic_body_is_shown_to_a_school_that_is_not_catholic(england: Register) -> None:
    ask = Questions(england, open_directory())
    shown = {"Catholic": 0, "Church of England": 0, "": 0}
    for la in ("350", "888"):
        for school in england.census.in_la(la):
            at = ask.landscapes.landscape(school.urn, DAY, nearby=0)
            bodies: list[Network | Partnership] = list(at.networks)
            bodies += [here.partnership for here in at.partnerships]
            if any(body.church == "Catholic" for body in bodies):
                assert school.churches is None or "Catholic" in school.churches, school.name
                shown[school.churches[0] if school.churches else ""] += 1
    assert shown["Catholic"] > 50
    for urn in england.open_urns():
        one = england.get(urn)
        assert one
        told = ask.landscapes.directory.networks(one.la_code, one.phase, one.churches)
        if one.churches is not None:
            assert all(not n.church or n.church in one.churches for n in told)


def test_the_page_of_a_body_of_a_church_counts_its_schools_only(england: Register) -> None:
    ask = Questions(england, open_directory())
    key = Key("network:salford-diocesan-primary-partnership-catholic-heads")
    total = sum(place.schools for place in ask.bodies.body(key, DAY).schools)
    listed = ask.bodies.schools_in(ask.bodies.extent(key, DAY))
    assert 200 < total == len(listed)
    assert all(
        "Catholic" in (s.churches or ()) and s.phase == "primary"
        for s in listed
        if s.phase != "all-through"
    )


def test_where_no_network_is_published_a_national_association_is_named(england: Register) -> None:
    ask = Questions(england, open_directory())
    directory = ask.landscapes.directory
    bare = next(a for a in directory.authorities() if not directory.networks(a.code, "primary"))
    school = next(s for s in england.census.in_la(bare.code) if s.phase == "primary")
    at = ask.landscapes.landscape(school.urn, DAY, nearby=0)
    assert at.networks == ()
    said = landscape_text(at)
    assert "None published here" in said
    assert "National Headteachers' Associations Network (NHTAN)" in said
    served = next(s for s in england.census.in_la("316") if s.phase == "primary")
    assert "NHTAN" not in landscape_text(ask.landscapes.landscape(served.urn, DAY, nearby=0))


def test_a_register_of_an_older_navigator_opens_and_does_not_know(tmp_path: Path) -> None:
    from tests.register import older

    older.write(tmp_path)
    register = open_register(tmp_path)
    assert register.problem == ""
    assert {"religious character", "diocese"} <= set(register.info.lacks)
    ask = Questions(register, open_directory())
    urn = register.open_urns()[0]
    assert ask.landscapes.landscape(urn, DAY).diocese == DioceseHere((), "", None)
    assert ask.bodies.diocese(Key("diocese:ce/ely"), None).members == ()
    register.close()
