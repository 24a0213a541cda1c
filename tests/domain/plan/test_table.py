"""The plan's table: out and in loses nothing, and in it takes what Excel and people write."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from navigator.core.activity import Activity, Kind, Status
from navigator.core.session import Session, attendees
from navigator.domain.plan import table, table_merge, table_read
from navigator.records import RecordStore
from tests.tools import random_plans


def rows(*lines: str) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode()


def taken(data: bytes) -> tuple[Activity, ...]:
    read = table_read.read(data)
    assert read.faults == ()
    return read.activities


def onto(own: list[Activity], *lines: str) -> table_merge.Merge:
    read = table_read.read(rows(*lines))
    assert read.faults == ()
    return table_merge.merge(own, read.given)


def test_a_hundred_plans_of_chance_go_out_and_in_and_lose_nothing() -> None:
    for number in range(100):
        kept = random_plans.plan(number)
        data = table.write(kept, people=True, notes=True)
        given = table_read.read(data)
        assert (given.faults, given.said) == ((), ())
        # Into the plan that it came from it changes nothing; nor without names, nor without notes.
        for again in (data, table.write(kept, people=False)):
            merged = table_merge.merge(kept, table_read.read(again).given)
            assert merged == table_merge.Merge((), (), len(kept))
        # Into an empty one it brings all of it, with its ids and its days.
        assert list(table_merge.merge((), given.given).added) == kept


def test_a_plan_s_file_holds_what_its_table_brought(tmp_path: Path) -> None:
    every = random_plans.plan(7)
    store = RecordStore(tmp_path)
    store.take_in(every)
    assert list(store.record.activities) == every


OWN = Activity(
    "a-bcdfgh", "Mastering Number", provider_name="Central Hub", status=Status.CONFIRMED,
    kind=Kind.NETWORK, fee=Decimal(300), notes="mine", added=date(2026, 9, 2),
    sessions=(
        Session("s-1", date(2026, 10, 8), time(13, 30), 90, True, "online"),
        Session("s-2", date(2027, 3, 4), time(13, 30), 90, True),
        Session("s-3", date(2027, 10, 7)),
    ),
)  # fmt: skip


def test_only_what_a_table_has_changes() -> None:
    merged = onto([OWN], "title,provider,date,fee", "Mastering Number,Central Hub,8/10/26,", ",,,")
    ((before, after),) = merged.changed
    assert (after.fee, after.status, after.kind, after.notes) == (
        300,
        "confirmed",
        "network",
        "mine",
    )
    assert after.sessions == (OWN.sessions[0], OWN.sessions[2])
    assert list(table_merge.differences(before, after)) == [
        "session that goes: Thu 4 March 2027, 13:30"
    ]
    assert merged.gone == 1
    nothing = onto([OWN], "title,notes,status", "mastering number,,")
    assert nothing == table_merge.Merge((), (), 1)


def test_each_change_is_told_field_by_field() -> None:
    ((before, after),) = onto(
        [OWN],
        "id,title,fee,status,date,start,minutes,session_id",
        "a-bcdfgh,Mastering Number (R),£320.50,applied,15/10/26,13.30,120,s-1",
        "a-bcdfgh,Mastering Number (R),,,4/3/27,,,",
        "a-bcdfgh,Mastering Number (R),,,5/5/27,09:00,,",
    ).changed
    assert list(table_merge.differences(before, after)) == [
        "title: Mastering Number → Mastering Number (R)",
        "status: confirmed → applied",
        "fee: 300 → 320.50",
        "Thu 15 October 2026, 13:30: date: 8 October 2026 → 15 October 2026",
        "Thu 15 October 2026, 13:30: minutes: 90 → 120",
        "new session: Wed 5 May 2027, 09:00",
        "session that goes: Thu 7 October 2027",
    ]
    assert after.sessions[1] == OWN.sessions[1]


def test_the_year_is_part_of_what_matches() -> None:
    next_year = onto([OWN], "title,date", "Mastering Number,3/10/28")
    assert [a.title for a in next_year.added] == ["Mastering Number"]
    other = OWN._replace(id="a-other", sessions=(Session("s-9", date(2028, 10, 3)),))
    ((before, _),) = onto([OWN, other], "title,date,fee", "Mastering Number,3/10/28,5").changed
    assert before is other
    read = table_read.read(rows("title,fee", "Mastering Number,5"))
    (fault,) = table_merge.merge([OWN, other], read.given).faults
    assert "could be 2 activities of your plan (a-bcdfgh, Central Hub, 2026-27, 2027-28; " in str(
        fault
    )
    assert str(fault).endswith("tell which in a column “id”.")


def test_a_table_s_id_says_which_and_a_foreign_one_is_no_hindrance() -> None:
    twin = OWN._replace(id="a-twin22")
    ((before, after),) = onto([OWN, twin], "id,title,fee", "a-twin22,Anything,7").changed
    assert (before.id, after.title, after.fee) == ("a-twin22", "Anything", 7)
    (added,) = onto([OWN], "id,title", "17,Something else").added
    assert added.title == "Something else"
    read = table_read.read(rows("id,title", "a-bcdfgh,One", ",Mastering Number"))
    (fault,) = table_merge.merge([OWN], read.given).faults
    assert "are one activity of your plan" in str(fault)


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        *(("13:30", time(13, 30)), ("13.30", time(13, 30)), ("13.3", time(13, 30))),
        *(("13:30:00", time(13, 30)), ("1.30pm", time(13, 30)), ("1:30 PM", time(13, 30))),
        *(("9", time(9)), ("9am", time(9)), ("09:00", time(9)), ("12pm", time(12))),
    ],
)
def test_times_as_excel_and_people_write_them(cell: str, start: time) -> None:
    (one,) = taken(rows("title,date,start", f"A,8/10/26,{cell}"))
    assert one.sessions[0].start == start


def test_what_excel_in_britain_writes_is_taken() -> None:
    text = (
        "sep=;\r\n"
        "Title;Provider;Date;Start;Minutes;In school hours;Fee;Closes;Status;Cost centre;Budget\r\n"
        "Work group;Café Hub;08-Oct-26;13.30;90;Yes;£1,200.00;31/12/26;Under Way;M12;x\r\n"
        "Work group;Café Hub;19/11/2026;13:30:00;90;TRUE;£1,200.00;31/12/26;under-way;M12;\r\n"
        "\r\n"
        "Total;;;;180;;£2,400.00;;;;\r\n"
    )
    for data in (
        text.encode("cp1252"),
        text.encode("utf-8-sig"),
        text.replace("sep=;\r\n", "").replace(";", "\t").encode("utf-16"),
        text.replace("sep=;\r\n", "").replace(";", "\t").encode("cp1252"),
    ):
        read = table_read.read(data)
        assert read.faults == ()
        (one,) = read.activities
        assert (one.provider_name, one.fee, one.status) == ("Café Hub", 1200, "under way")
        assert one.closes == date(2026, 12, 31)
        assert [(s.date, s.start, s.in_school_hours) for s in one.sessions] == [
            (date(2026, 10, 8), time(13, 30), True),
            (date(2026, 11, 19), time(13, 30), True),
        ]
        left, totals = read.said
        assert left == (
            "These columns were left out, as a plan's table has no such column: "
            "“Cost centre”, “Budget”."
        )
        assert totals.endswith("“Total”, was left out: a row of totals.")


def test_a_cost_that_nothing_else_tells_isnt_left_in_silence() -> None:
    read = table_read.read(rows("Title,Date,Cost", "A,8/10/2026,120", "B,9/10/2026,", "C,,£40"))
    assert [a.title for a in read.activities] == ["A", "B", "C"]
    (said,) = read.said
    assert said.startswith("What “cost” says was left out (line 2 and 1 more)")
    assert "Call it “fee”" in said
    ours = table.write(read.activities, people=False)
    assert table_read.read(ours).said == (), "in a table of ours it is worked out"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "that is a workbook, not a table as text"),
        (b"title\nCaf\xc3\xa9 \xff\n", "line 2: a byte that isn't UTF-8 text"),
        (rows("title,fee", "A,-"), "“-” isn't an amount of 0 or more"),
        (rows("title,fee", 'A,"349,50"'), "could be 349.50 or 34,950"),
        (rows("title;fee", "A;2,5"), "could be 2.5 or 25"),
        (rows("title,date,start", "A,8/10/26,1:30"), "could be 01:30 or 13:30"),
        (rows("title,attends", 'A,"Head, Lead"'), "could be one person or several"),
        (rows("title,id", "A,a-1", "B,a-1"), "title is “B”, and on line 2 “A”"),
        (rows("name,fee", "A,5"), "the column “title” is missing"),
        (rows("title,provider_key", "A,hub"), "which is no body's key"),
    ],
)
def test_what_it_cannot_mean_is_a_sentence(data: bytes, said: str) -> None:
    read = table_read.read(data)
    assert read.given == ()
    assert said in "\n".join(map(str, read.faults))


def test_people_of_one_row_or_of_all() -> None:
    (each,) = taken(rows("title,date,attends", "A,8/10/26,Head", "A,9/10/26,Lead;Year 2"))
    assert each.attends == ()
    assert [s.attends for s in each.sessions] == [attendees("Head"), attendees("Lead;Year 2")]
    (all_,) = taken(rows("title,date,attends", "A,8/10/26,Head", "A,9/10/26,"))
    assert all_.attends == attendees("Head")
    (one,) = taken(rows("title,attends", 'A,"Deputy, inclusion;"'))
    assert [p.role for p in one.attends] == ["Deputy, inclusion"]


def test_ticks_are_told_by_id_or_words_and_others_are_said() -> None:
    read = table_read.read(rows("title,parts", "A,teaching; The curriculum; nonsense"))
    assert read.activities[0].parts == ("teaching", "curriculum", "nonsense")
    assert "“nonsense”, which is none that can be ticked" in read.said[0]
