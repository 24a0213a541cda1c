"""The register over the network, from a server that goes wrong in every way it can."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest
import trustme

from navigator.core import wording
from navigator.core.errors import NavigatorError, RefusedError
from navigator.register import (
    Progress,
    fetch,
    newest,
    open_register,
    undo,
    update_from,
    update_over_network,
)
from navigator.register import download as downloading
from navigator.register.fetch import folder_address
from navigator.register.stopping import FOLDER, StoppedError
from tests.register import made
from tests.register.server import Served, Turn, days_ago, serving

ROOT = Path(__file__).parents[2]
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "PAUSE", 0.005)
    monkeypatch.setattr(downloading, "LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(downloading, "ANSWER_SECONDS", 0.6)
    for name in (*PROXIES, *map(str.lower, PROXIES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving() as served:
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        served.publish()
        yield served


def in_use(data: Path) -> int:
    """The open schools of the register in use, looked at in whole."""
    with closing(open_register(data)) as register:
        assert register.problem == ""
        assert not register.info.sample
        assert len(register.open_urns()) == register.info.schools
        assert register.search("made 7")
        return register.info.schools


def refused(data: Path) -> str:
    """What an update that fails says; it must change nothing and name the way by hand."""
    before = (data / "current").read_text() if (data / "current").exists() else ""
    with pytest.raises(NavigatorError) as error:
        update_over_network(data_dir=data)
    assert before == ((data / "current").read_text() if (data / "current").exists() else "")
    assert not list(data.glob("build-*"))
    said = str(error.value)
    assert "navigator update" in said
    assert said.endswith(".") or said.endswith("--from FILE")
    assert "Error" not in said
    return said


# --- what goes well ---


def test_it_fetches_the_three_files_and_takes_them(served: Served, data: Path) -> None:
    told: list[Progress] = []
    outcome = update_over_network(data_dir=data, progress=told.append)
    assert outcome.taken
    info = outcome.info
    assert (info.schools, info.day) == (400, date.today())
    assert (info.links_day, info.groups_day) == (date.today(), date.today())
    assert in_use(data) == 400
    assert not (data / FOLDER).exists(), "what was downloaded isn't kept twice"
    fetching = [p for p in told if p.stage == "Fetching schools"]
    assert fetching[-1].done == len(served.files[served.schools])
    assert fetching[-1].unit == "bytes"
    assert {p.stage for p in told} >= {"Fetching trusts", "Fetching old URNs", "Reading schools"}


def test_it_says_who_asks_and_nothing_else(served: Served, data: Path) -> None:
    update_over_network(data_dir=data)
    for _, _, headers in served.asked:
        assert headers.pop("User-Agent").startswith("Navigator/")
        assert set(headers) == {"Host", "Accept", "Accept-Encoding", "Connection"}
        assert headers["Accept-Encoding"] == "identity"


def test_the_newest_of_seven_days_back(served: Served, data: Path) -> None:
    day = served.publish(day=days_ago(7))
    assert update_over_network(data_dir=data).info.day == day


def test_eight_days_back_is_too_far(served: Served, data: Path) -> None:
    served.publish(day=days_ago(8))
    said = refused(data)
    assert "has no register of today or of the 7 days before" in said
    assert len(served.asked) == 8


def test_one_as_new_is_not_fetched_again(served: Served, data: Path) -> None:
    update_over_network(data_dir=data)
    served.asked.clear()
    outcome = update_over_network(data_dir=data)
    assert not outcome.taken
    assert outcome.info.schools == 400
    assert [method for method, _, _ in served.asked] == ["HEAD"]


def test_check_takes_nothing(served: Served, data: Path) -> None:
    for knows in (True, False):
        served.knows_head = knows
        found = newest(data_dir=data)
        assert (found.day, found.newer) == (date.today(), True)
        assert found.size == len(served.files[served.schools])
    assert served.sent[served.schools] <= 1
    assert not data.exists()
    update_over_network(data_dir=data)
    assert not newest(data_dir=data).newer


def test_without_links_and_groups_it_is_taken_and_known_to_lack_them(
    served: Served, data: Path
) -> None:
    schools = served.schools
    whole = dict(served.files)
    served.files = {schools: whole[schools]}
    info = update_over_network(data_dir=data).info
    assert (info.links_day, info.groups_day) == (None, None)
    served.files = whole
    assert update_over_network(data_dir=data).info.groups_day == date.today()


def test_a_server_that_packs_what_it_sends(served: Served, data: Path) -> None:
    served.packs = True
    served.turns = [Turn(cut=0.5)]
    assert update_over_network(data_dir=data).info.schools == 400
    assert "Range" in served.got(served.schools)[1]


def test_links_and_groups_of_the_days_before(served: Served, data: Path) -> None:
    served.publish(day=days_ago(3))
    older = {path: held for path, held in served.files.items() if "groups" in path}
    served.publish(day=days_ago(1))
    of_yesterday = {path: held for path, held in served.files.items() if "links" in path}
    served.publish()
    served.files = {served.schools: served.files[served.schools], **older, **of_yesterday}
    info = update_over_network(data_dir=data).info
    assert info.day == date.today()
    assert (info.links_day, info.groups_day) == (days_ago(1), days_ago(3))
    assert trust_and_old_urn(data) == (date(2015, 9, 1), 100_000)


def test_where_neither_is_there_those_in_use_stay(served: Served, data: Path) -> None:
    served.publish(day=days_ago(6))
    update_over_network(data_dir=data)
    served.publish(410)
    served.files = {served.schools: served.files[served.schools]}
    info = update_over_network(data_dir=data).info
    assert (info.day, info.schools) == (date.today(), 410)
    assert (info.links_day, info.groups_day) == (days_ago(6), days_ago(6))
    assert trust_and_old_urn(data) == (date(2015, 9, 1), 100_000)
    said = " ".join(wording.parts_notes(info))
    assert f"Trusts' details are of {wording.day(days_ago(6))}" in said
    assert f"Old URNs are of {wording.day(days_ago(6))}" in said


def test_what_came_of_an_earlier_days_links_is_gone_on_with(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.publish(day=days_ago(2))
    links = {path: held * 40 for path, held in served.files.items() if "links" in path}
    served.publish()
    served.files = {served.schools: served.files[served.schools], **links}
    (path,) = links
    served.turns = [Turn(), Turn(404), Turn(404), Turn(cut=0.5)]
    assert "broke off" in refused(data)
    update_over_network(data_dir=data)
    assert served.sent[path] == len(links[path]) + downloading.AGAIN_BYTES


def trust_and_old_urn(data: Path) -> tuple[date | None, int]:
    """When the made trust began, and the school that the made old URN opens."""
    with closing(open_register(data)) as register:
        trust = register.trust("77")
        assert trust
        assert (trust.name, trust.size) == ("The Made Trust", 1)
        (following,) = register.successor(99)
        return trust.opened, following.urn


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_is_led_on(served: Served, data: Path, status: int) -> None:
    with serving() as other:
        other.files = dict(served.files)
        served.turns = [Turn(status, {"Location": other.url + served.schools})]
        assert update_over_network(data_dir=data).info.schools == 400
        assert other.sent[served.schools] == len(served.files[served.schools])


@pytest.mark.parametrize(
    "onward",
    [
        *("ftp://example.org/a.csv", "file:///etc/passwd", "http://["),
        *("http://127.0.0.1:99999/a.csv", "http://127.0.0.1:0/a.csv", "https://xn--zzzzzz99999/"),
    ],
)
def test_it_is_led_nowhere_else(served: Served, data: Path, onward: str) -> None:
    served.always = Turn(302, {"Location": onward})
    assert "isn't safe to follow" in refused(data)


def test_it_is_not_led_in_circles(served: Served, data: Path) -> None:
    served.always = Turn(302, {"Location": served.schools})
    assert "without end" in refused(data)


# --- breaks ---


def test_after_a_break_at_nine_tenths_no_more_than_the_rest_comes(
    served: Served, data: Path
) -> None:
    served.publish(4_000)
    whole = len(served.files[served.schools])
    served.turns = [Turn(cut=0.9)]
    assert update_over_network(data_dir=data).info.schools == 4_000
    assert served.sent[served.schools] == whole + downloading.AGAIN_BYTES
    assert len(served.got(served.schools)) == 2


def test_and_so_the_next_day_in_another_process(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(served.files[served.schools])
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.turns = [Turn(cut=0.9)]
    said = refused(data)
    assert "broke off" in said
    assert "goes on from there" in said
    assert served.sent[served.schools] == int(whole * 0.9)
    assert update_over_network(data_dir=data).info.schools == 400
    assert served.sent[served.schools] == whole + downloading.AGAIN_BYTES


@pytest.mark.parametrize("with_etag", [True, False])
@pytest.mark.parametrize("honest", [True, False])
def test_a_file_that_changed_meanwhile_is_fetched_from_its_start(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch, with_etag: bool, honest: bool
) -> None:
    served.etag, served.if_range = with_etag, honest
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.turns = [Turn(cut=0.5)]
    refused(data)
    monkeypatch.setattr(downloading, "TRIES", 3)
    served.publish(450)
    served.sent.clear()
    assert update_over_network(data_dir=data).info.schools == 450
    assert served.sent[served.schools] >= len(served.files[served.schools])


def test_another_file_of_the_same_length_is_not_gone_on_with(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that vouches for nothing any more and sends the rest of whatever it has."""
    served.if_range = False
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.turns = [Turn(cut=0.5)]
    refused(data)
    monkeypatch.setattr(downloading, "TRIES", 3)
    served.publish(400, first=200_000)
    served.etag = served.modified = False
    assert update_over_network(data_dir=data).info.schools == 400
    with closing(open_register(data)) as register:
        assert register.open_urns() == list(range(200_000, 200_400))


@pytest.mark.parametrize(
    ("told", "goes_on"),
    [
        ({"modified": False}, True),
        ({"etag": False}, True),
        ({"weak": True}, True),  # by its date
        ({"weak": True, "modified": False}, False),
        ({"etag": False, "modified": False}, False),
    ],
)
def test_it_goes_on_only_where_the_server_vouches_for_the_file(
    served: Served, data: Path, told: dict[str, bool], goes_on: bool
) -> None:
    for name, value in told.items():
        setattr(served, name, value)
    served.turns = [Turn(cut=0.5)]
    assert update_over_network(data_dir=data).info.schools == 400
    assert ("Range" in served.got(served.schools)[1]) is goes_on


def test_a_server_that_knows_no_ranges(served: Served, data: Path) -> None:
    served.ranges = False
    served.turns = [Turn(cut=0.9)]
    assert update_over_network(data_dir=data).info.schools == 400


@pytest.mark.parametrize(
    "turn",
    [
        Turn(416),
        Turn(206, {"Content-Range": "bytes 0-3/4", "Content-Length": "4"}, b"abcd"),
        Turn(206, {"Content-Length": "4"}, b"abcd"),
        Turn(206, {"Content-Range": "no range", "Content-Length": "4"}, b"abcd"),
    ],
)
def test_a_part_that_was_not_asked_for(served: Served, data: Path, turn: Turn) -> None:
    served.turns = [Turn(cut=0.5), turn]
    assert update_over_network(data_dir=data).info.schools == 400


def test_a_break_after_every_file_fetches_none_twice(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.turns = [Turn(), Turn(), Turn(503)]
    refused(data)
    update_over_network(data_dir=data)
    for path, content in served.files.items():
        assert served.sent[path] == len(content)


def test_a_line_that_breaks_often_but_gets_on(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "FURTHER_BYTES", 20_000)
    served.publish(4_000)
    served.turns = [Turn(cut=0.1) for _ in range(20)]  # of what is left then
    assert update_over_network(data_dir=data).info.schools == 4_000
    again = (len(served.got(served.schools)) - 1) * downloading.AGAIN_BYTES
    assert served.sent[served.schools] == len(served.files[served.schools]) + again


def test_a_line_that_breaks_at_the_same_place_is_given_up(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "FURTHER_BYTES", 20_000)
    served.ranges = False
    served.always = Turn(cut=0.9)
    assert "broke off" in refused(data)
    assert len(served.got(served.schools)) == downloading.TRIES


def test_a_server_out_of_order_for_a_moment(served: Served, data: Path) -> None:
    served.turns = [
        Turn(503, {"Retry-After": "600"}),
        Turn(429, only="GET"),
        Turn(500),
        Turn(502, only="GET"),
    ]
    assert update_over_network(data_dir=data).info.schools == 400


def test_a_file_without_a_length(served: Served, data: Path) -> None:
    served.says_length = False
    assert update_over_network(data_dir=data).info.schools == 400


def test_files_of_another_day_are_cleared_away(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "TRIES", 1)
    served.publish(day=days_ago(1))
    served.turns = [Turn(cut=0.5)]
    refused(data)
    left = {path.name for path in (data / FOLDER).iterdir()}
    served.publish()
    served.turns = [Turn(cut=0.5)]
    refused(data)
    assert not left & {path.name for path in (data / FOLDER).iterdir()}


# --- what can't be mended: one sentence each ---

ENDS: dict[str, tuple[Turn, str]] = {
    "out of order": (Turn(500), "is out of order at the moment (it answers 500)"),
    "forbidden": (Turn(403), "refuses to give the register (403)"),
    "a proxy's refusal": (Turn(407), "The proxy asks for a name and password"),
    "teapot": (Turn(418), "doesn't understand (418)"),
    "a page": (
        Turn(200, {"Content-Type": "text/html; charset=utf-8"}, b"<!DOCTYPE html><html></html>"),
        "a web page instead of the register",
    ),
    "a page that says it is a table": (
        Turn(200, {"Content-Type": "text/csv"}, b"\r\n<html>sign in</html>"),
        "a web page instead of the register",
    ),
    "another table": (Turn(200, {}, b"name,price\r\napple,3\r\n"), "is not the schools register"),
    "nothing": (Turn(200, {}, b""), "it is empty"),
    "packed oddly": (Turn(200, {"Content-Encoding": "br"}, b"abc"), "packed in a way"),
    "cut again and again": (Turn(cut=0.0), "broke off"),
    "no answer": (Turn(cut=0.0, stall=3), "gave no answer within"),
}


@pytest.mark.parametrize("case", ENDS)
def test_one_sentence_and_the_next_step(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr(downloading, "TRIES", 2)
    update_over_network(data_dir=data)
    served.files = {}
    served.publish(day=date.today())
    old = days_ago(1)
    update_from_yesterday(data, old)
    served.always, words = ENDS[case]
    said = refused(data)
    assert words in said
    assert "https://get-information-schools.service.gov.uk/Downloads" in said
    assert in_use(data) == 400
    served.always = None
    assert update_over_network(data_dir=data).taken, "and the next update works"


def update_from_yesterday(data: Path, day: date, count: int = 400) -> None:
    folder = data.parent / "yesterday"
    folder.mkdir(exist_ok=True)
    update_from(made.write(folder, made.schools(count), f"edubasealldata{day:%Y%m%d}.csv"), data)


def test_a_file_that_the_server_itself_cut(served: Served, data: Path) -> None:
    path = served.schools
    whole = served.files[path]
    served.files[path] = whole[:-150]
    assert "breaks off in line" in refused(data)
    served.files[path] = whole
    assert update_over_network(data_dir=data).info.schools == 400


def test_more_than_it_said(served: Served, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloading, "MOST_BYTES", 10_000)
    assert "far more than the register is long" in refused(data)
    assert not list((data / FOLDER).glob("edubase*"))


@pytest.mark.parametrize(
    ("count", "first", "words"),
    [
        (250, 100_000, "probably not whole"),
        (400, 500_000, "only 0 of the 400 open schools"),
    ],
)
def test_a_register_far_from_the_one_in_use(
    served: Served, data: Path, count: int, first: int, words: str
) -> None:
    update_from_yesterday(data, days_ago(1))
    served.publish(count, first=first)
    assert words in refused(data)
    assert in_use(data) == 400


def test_all_of_england_never_loses_schools_by_the_hundred(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("navigator.register.replacing.WHOLE", 300)
    update_from_yesterday(data, days_ago(1))
    closed = made.text({**row, "EstablishmentStatus (name)": "Closed" if n % 20 == 0 else "Open"}
                       for n, row in enumerate(made.schools(400)))  # fmt: skip
    served.files[served.schools] = closed.encode("cp1252")
    assert "380 open schools where the register in use has 400" in refused(data)


@pytest.mark.parametrize("lost", [45, 90])
def test_a_file_that_breaks_off_at_the_end_of_a_row(served: Served, data: Path, lost: int) -> None:
    update_from_yesterday(data, days_ago(1))
    path = served.schools
    lines = served.files[path].splitlines(keepends=True)
    served.files[path] = b"".join(lines[:-lost])
    served.says_length = False
    assert "lacks most schools from URN 100360 to 100399" in refused(data)


def test_an_older_register_by_hand_lacks_the_newest_schools(served: Served, data: Path) -> None:
    update_over_network(data_dir=data)
    update_from_yesterday(data, days_ago(30), 310)
    assert in_use(data) == 310


def test_a_file_that_lacks_an_authority(served: Served, data: Path) -> None:
    """Not told by running URNs: its schools lie between those of others."""
    rows = made.schools(400)
    for row in rows[::8]:
        row.update({"LA (code)": "331", "LA (name)": "Coventry"})
    folder = data.parent / "two"
    folder.mkdir()
    name = f"edubasealldata{days_ago(1):%Y%m%d}.csv"
    update_from(made.write(folder, rows, name), data)
    kept = [row for row in rows if "LA (code)" not in row]
    served.files[served.schools] = made.text(kept).encode("cp1252")
    assert "lacks most schools of Coventry" in refused(data)


def test_an_authority_made_anew_is_no_gap(served: Served, data: Path) -> None:
    """Reorganised: every school has another authority, some closed, and each is still known."""
    update_from_yesterday(data, days_ago(1))
    rows = made.schools(400)
    for n, row in enumerate(rows):
        row.update({"LA (code)": "331", "LA (name)": "Coventry"})
        row["EstablishmentStatus (name)"] = "Closed" if 100 < n < 180 else "Open"
    served.files[served.schools] = made.text(rows).encode("cp1252")
    assert update_over_network(data_dir=data).info.schools == 321


def test_far_more_schools_than_england_has(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("navigator.register.replacing.WHOLE", 300)
    update_from_yesterday(data, days_ago(1))
    served.publish(700)
    assert "more than England has" in refused(data)


@pytest.mark.parametrize(
    ("first_load", "change", "words"),
    [
        (True, (b'"28', b'"1228'), "don't lie in England"),
        (False, (b'"4', b'"5'), "lie elsewhere"),
    ],
)
def test_schools_that_lie_elsewhere(
    served: Served, data: Path, first_load: bool, change: tuple[bytes, bytes], words: str
) -> None:
    if not first_load:
        update_from_yesterday(data, days_ago(1))
    path = served.schools
    head, *lines = served.files[path].split(b"\r\n")
    moved = [b",".join([*ln.split(b",")[:-2], *(
        part.replace(*change) for part in ln.split(b",")[-2:])]) for ln in lines]  # fmt: skip
    served.files[path] = b"\r\n".join([head, *moved])
    assert words in refused(data)


# --- the way there ---


def test_no_such_name(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://register.invalid/files")
    said = refused(data)
    assert "register.invalid wasn't found" in said
    assert "no network" in said


def test_nobody_answers(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", f"http://127.0.0.1:{port}")
    assert f"127.0.0.1:{port} can't be reached" in refused(data)


def test_a_certificate_that_nobody_vouches_for(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as served:
        served.publish()
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        said = refused(data)
        assert "isn't trusted" in said
        assert "this computer's store" in said
        if not sys.platform.startswith("linux"):
            return
        store = tmp_path / "store.pem"
        authority.cert_pem.write_to_path(str(store))
        monkeypatch.setenv("SSL_CERT_FILE", str(store))
        assert update_over_network(data_dir=data).info.schools == 400, "in the store it is"


def test_through_a_proxy(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        proxy.publish()
        # By http, which this proxy can answer, and Navigator asks of this computer alone
        monkeypatch.setattr(fetch, "LOOPBACK", ("register.invalid",))
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "http://register.invalid")
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert update_over_network(data_dir=data).info.schools == 400


def test_a_proxy_that_refuses_the_safe_way(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://register.invalid")
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    asked, _ = listening.accept()
                    asked.recv(4096)
                    asked.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                    asked.close()

        threading.Thread(target=answer, daemon=True).start()
        port = listening.getsockname()[1]
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert "The proxy asks for a name and password" in refused(data)


def test_a_proxy_that_is_no_address(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://register.invalid")
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy")
    assert "mend HTTPS_PROXY" in refused(data)


@pytest.mark.parametrize(
    "given",
    [
        "http://example.org",
        "ftp://example.org",
        "file:///etc",
        "C:\\files",
        "example.org",
        "https://",
        "http://[",
        "x",
    ],
)
def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.delenv("NAVIGATOR_REGISTER_URL", raising=False)
    with pytest.raises(RefusedError, match="register_url in settings"):
        folder_address(given)
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", given)
    with pytest.raises(RefusedError, match="NAVIGATOR_REGISTER_URL is"):
        folder_address("https://example.org")


def test_the_environment_goes_before_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAVIGATOR_REGISTER_URL", raising=False)
    assert folder_address().startswith("https://ea-edubase-api-prod.azurewebsites.net/")
    assert folder_address("https://one.example/a/") == "https://one.example/a"
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://two.example")
    assert folder_address("https://one.example") == "https://two.example"


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.getuid() != 0, reason="needs a disk of its own"
)
def test_no_room_on_the_disk(served: Served, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        update_from_yesterday(disk / "data", days_ago(1), 200)
        served.publish(3_000)
        assert "has no room for it" in refused(disk / "data")
        served.says_length = False  # found out only on the way
        said = refused(disk / "data")
        assert "no room left on the disk" in said
        assert in_use(disk / "data") == 200
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_at_once(served: Served, data: Path) -> None:
    served.publish(4_000)
    served.slowly = 0.02
    stop = threading.Event()
    first = threading.Thread(target=lambda: _quietly(data, stop))
    first.start()
    while not served.sent:
        time.sleep(0.01)
    with pytest.raises(RefusedError, match="Another Navigator is fetching"):
        update_over_network(data_dir=data)
    stop.set()
    first.join()


def _quietly(data: Path, stop: threading.Event) -> None:
    with suppress(StoppedError):
        update_over_network(data_dir=data, stop=stop)


# --- stopped ---


@pytest.mark.parametrize("where", ["Asking", "Fetching schools", "Reading", "Taking"])
def test_stopped_at_any_moment_nothing_is_changed(
    served: Served, data: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    update_from_yesterday(data, days_ago(1))
    served.publish(4_000)
    served.slowly = 0.005
    before = (data / "current").read_text()
    stop = threading.Event()

    def watch(told: Progress) -> None:
        if told.stage.startswith(where) and (told.done or where == "Asking"):
            stop.set()

    with pytest.raises(StoppedError, match="nothing was changed"):
        update_over_network(data_dir=data, progress=watch, stop=stop)
    assert (data / "current").read_text() == before
    assert not list(data.glob("build-*"))
    served.slowly = 0
    assert update_over_network(data_dir=data).info.schools == 4_000
    if where == "Fetching schools":
        whole = len(served.files[served.schools])
        assert served.sent[served.schools] < whole * 1.1 + 300_000


def test_stopped_while_the_server_says_nothing(served: Served, data: Path) -> None:
    downloading.ANSWER_SECONDS = 30
    served.always = Turn(cut=0.1, stall=8)
    stop = threading.Event()
    threading.Timer(0.6, stop.set).start()
    started = time.monotonic()
    with pytest.raises(StoppedError):
        update_over_network(data_dir=data, stop=stop)
    assert time.monotonic() - started < 6, "it waited for the server, which is still for 8 s"


@pytest.fixture
def dead_name_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A system that looks names up and gets no answer until the test is over; set once asked."""
    asked, over = threading.Event(), threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        asked.set()
        over.wait(60)
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "https://register.invalid")
    yield asked
    over.set()


@pytest.mark.parametrize("check", [True, False])
def test_stopped_while_a_name_is_looked_up(
    data: Path, dead_name_server: threading.Event, check: bool
) -> None:
    update_from_yesterday(data, days_ago(1))
    stop = threading.Event()

    def stop_once_asked() -> None:
        if dead_name_server.wait(60):
            stop.set()

    threading.Thread(target=stop_once_asked).start()
    ask = newest if check else update_over_network
    with pytest.raises(StoppedError, match="nothing was changed"):
        ask(data_dir=data, stop=stop)
    waiting = [thread for thread in threading.enumerate() if thread.name == "lookup"]
    assert waiting, "the lookup hangs still, and nobody waited for it"
    assert in_use(data) == 400


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C can't be sent to one process there")
@pytest.mark.parametrize("command", [["update"], ["update", "--check"]])
def test_ctrl_c_while_a_name_is_looked_up(data: Path, command: list[str]) -> None:
    dead = (
        "import socket, sys, time\n"
        "def never(*_, **__):\n"
        "    print('asked', flush=True); time.sleep(600)\n"
        "socket.getaddrinfo = never\n"
        "from navigator.cli import run\n"
        f"sys.exit(run({command!r}))"
    )
    env = {"NAVIGATOR_REGISTER_URL": "https://register.invalid", "NAVIGATOR_DATA_DIR": str(data)}
    with subprocess.Popen(
        [sys.executable, "-c", dead],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
        cwd=ROOT,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "asked\n"
        process.send_signal(signal.SIGINT)
        try:
            _, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not (data / "current").exists()


# --- back and forth ---


def test_undo_goes_back_and_again_forth(served: Served, data: Path) -> None:
    update_from_yesterday(data, days_ago(1), 390)
    update_over_network(data_dir=data)
    assert undo(data).schools == 390
    assert in_use(data) == 390
    assert undo(data).schools == 400
    assert in_use(data) == 400
    assert len(list(data.glob("register-*.sqlite"))) == 2


def test_undo_with_none_kept_or_one_damaged(served: Served, data: Path) -> None:
    with pytest.raises(RefusedError, match="No register before"):
        undo(data)
    update_over_network(data_dir=data)
    with pytest.raises(RefusedError, match="No register before"):
        undo(data)
    update_from_yesterday(data, days_ago(1))
    before = (data / "current").read_text()
    (data / before.split()[1]).write_bytes(b"no database")
    with pytest.raises(RefusedError, match="can't be used"):
        undo(data)
    assert (data / "current").read_text() == before


def test_undo_saves_from_a_damaged_one(served: Served, data: Path) -> None:
    update_from_yesterday(data, days_ago(1), 390)
    info = update_over_network(data_dir=data).info
    Path(info.path).write_bytes(b"no database")
    assert undo(data).schools == 390
    assert in_use(data) == 390
