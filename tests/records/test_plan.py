"""The plan in its files, and on the command line."""

from __future__ import annotations

import csv
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import paths
from navigator.core.activity import Activity, Budget, PlanDay, Status
from navigator.core.errors import RefusedError
from navigator.core.typed import amount, clock_time
from navigator.records import RecordStore, backup
from tests.records import test_older

Capture = pytest.CaptureFixture[str]

EVERY = test_older.FULL.sessions
FULL = test_older.FULL._replace(sessions=tuple(sorted(EVERY, key=lambda session: session.order)))


def bare(a: Activity) -> Activity:
    return a._replace(id="", added=None, sessions=tuple(s._replace(id="") for s in a.sessions))


def test_all_of_an_activity_reads_back_and_a_change_is_undone(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    mine.add(FULL)
    (held,) = RecordStore(tmp_path).record.activities
    assert bare(held) == FULL
    change = mine.change(held._replace(fee=None, sessions=held.sessions[:1]))
    (after,) = RecordStore(tmp_path).record.activities
    assert (after.fee, after.sessions) == (None, held.sessions[:1])
    mine.apply(change.reverse)
    assert RecordStore(tmp_path).record.activities == (held,)
    with pytest.raises(RefusedError, match="changed elsewhere"):
        mine.change(held, seen=after)
    with pytest.raises(RefusedError, match="needs a title"):
        mine.add(Activity("", " "))


def test_many_are_taken_in_by_one_write_and_undone_together(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path)
    mine.add(FULL)
    (held,) = mine.record.activities
    changes = mine.take_in(
        [Activity("", f"T{n}") for n in range(3)], [held._replace(title="Changed")]
    )
    assert [a.title for a in mine.record.activities] == ["Changed", "T0", "T1", "T2"]
    assert len(list((tmp_path / "versions").glob("plan-*.toml"))) == 2
    mine.apply(*[change.reverse for change in reversed(changes)])
    assert RecordStore(tmp_path).record.activities == (held,)
    with pytest.raises(RefusedError):
        mine.take_in([Activity("", "New")], [held._replace(id="a-gone")])
    assert RecordStore(tmp_path).record.activities == (held,)


def test_what_a_hand_wrote_wrongly_is_said_and_stays(tmp_path: Path) -> None:
    text = (
        '[[activity]]\ntitle = "T"\nfee = -5\nstatus = "perhaps"\nmine = 1 # kept\n'
        'sessions = [{date = 2026-11-22, minutes = 0}, {place = "x"}]\n'
        '[[activity]]\nnotes = "no title"\n'
    )
    (tmp_path / "plan.toml").write_text(text, "utf-8")
    mine = RecordStore(tmp_path)
    (only,) = mine.record.activities
    assert (only.title, only.fee, only.status, len(only.sessions)) == (
        "T",
        None,
        Status.CONSIDERING,
        1,
    )
    said = " ".join(mine.problems())
    for part in ("plan.toml", "fee of", "status of", "minutes of", "date of", "title of"):
        assert part in said
    mine.change(only._replace(notes="new"))
    assert "mine = 1 # kept" in (tmp_path / "plan.toml").read_text("utf-8")


def test_a_damaged_plan_is_set_aside_and_a_backup_brings_it_all_back(tmp_path: Path) -> None:
    mine = RecordStore(tmp_path / "a")
    mine.add(FULL)
    mine.add(Budget("", 2026, Decimal("5000.50")))
    mine.take_in([PlanDay("", "Half term", "holiday", date(2026, 10, 26), date(2026, 10, 30))])
    kept = mine.record
    (tmp_path / "a" / "plan.toml").write_bytes(b"[[activity]\n")
    again = RecordStore(tmp_path / "a")
    assert again.record.activities == kept.activities
    assert "plan.broken-1.toml" in " ".join(again.problems())
    file = tmp_path / "b.zip"
    file.write_bytes(again.backup())
    other = RecordStore(tmp_path / "c")
    other.restore(backup.read(file), merge=True)
    record = other.record
    assert (record.activities, record.days, record.budgets) == (
        kept.activities,
        kept.days,
        kept.budgets,
    )


def test_a_faulty_table_takes_nothing_and_names_each_line(folders: Path, capsys: Capture) -> None:
    file = folders / "plan.csv"
    file.write_text("title,fee\nGood,5\nBad,x\n,1\n", "utf-8")
    assert run(["plan", "import", str(file)]) == 1
    out = capsys.readouterr()
    assert "line 3: fee: “x” isn't an amount" in out.out
    assert "line 4: title is empty" in out.out
    assert "Nothing was taken" in out.err
    assert not (folders / "config" / "plan.toml").exists()


def test_import_export_and_no_names_unasked(folders: Path, capsys: Capture) -> None:
    file, back = folders / "plan.csv", folders / "back.csv"
    head = (
        "title,provider,kind,status,date,start,minutes,in_school_hours,place,attends,"
        "release_days,fee,subsidy,source,checked"
    )
    row = "=T,P,course,applied,2026-10-08,13:30,90,yes,online,Lead: Ann Other,1,5,,web,2026-01-02"
    file.write_text(f"{head}\n{row}\n", "utf-8")
    assert run(["plan", "import", "--check", str(file)]) == 0
    assert "1 session on Thu 8 October 2026 and 1 day of release" in capsys.readouterr().out
    assert not (folders / "config" / "plan.toml").exists()
    assert run(["plan", "import", str(file)]) == 0
    assert "1 new, 0 changed, 0 the same" in capsys.readouterr().out
    assert run(["plan", "export", "--csv", str(back), "--with", "people"]) == 0
    (told,) = csv.DictReader(back.read_text("utf-8-sig").splitlines())
    assert [told[name] for name in head.split(",")] == f"'{row}".split(",")
    assert "notes" not in told
    assert run(["plan", "import", str(back)]) == 0
    assert "0 new, 0 changed, 1 the same" in capsys.readouterr().out
    for form in ("csv", "ics", "markdown", "html", "json"):
        assert (
            run(["plan", "export", f"--{form}", str(folders / f"x.{form}"), "--year", "2026"]) == 0
        )
        text = (folders / f"x.{form}").read_text("utf-8-sig")
        assert "=T" in text
        assert "Ann Other" not in text
    assert run(["plan", "list", "--json"]) == 0
    assert "Ann Other" not in capsys.readouterr().out


def test_the_page_for_governors_asks_for_nothing_and_escapes_all(folders: Path) -> None:
    file = folders / "page.html"
    assert (
        run(["plan", "add", "<script>x</script>", "--provider", "<b>", "--date", "2026-10-08"]) == 0
    )
    assert run(["plan", "export", "--html", str(file), "--year", "2026-27"]) == 0
    text = file.read_text("utf-8")
    assert "<script" not in text
    assert "<b>" not in text
    assert "&lt;script&gt;" in text
    assert "src=" not in text
    assert text.count("<h1") == 1
    assert "gaps, not a score" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "nothing"], "No activity is called"),
        (["add", "T", "--fee", "lots"], "isn't an amount"),
        (["add", "T", "--start", "noon"], "isn't a time"),
        (["add", "--template", "nope"], "There is no template"),
        (["add"], "needs a title"),
        (["budget", "26", "5"], "isn't an academic year"),
        (["import", "gone.csv"], "There is no file gone.csv. Look at its name and folder."),
        (["export", "--csv", "-"], "no plan yet"),
    ],
)
def test_what_is_refused_is_one_sentence(
    folders: Path, capsys: Capture, words: list[str], said: str
) -> None:
    assert run(["plan", *words]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not (folders / "config" / "plan.toml").exists()


@pytest.mark.parametrize("text", ["13:30", "13.30", " 13:30 ", "13:30:00"])
def test_a_time_as_people_write_it(text: str) -> None:
    assert clock_time(text) == time(13, 30)


@pytest.mark.parametrize("text", ["15:45Z", "15:45+01:00", "1545", "24:00", "9", "T15:45", "9:5"])
def test_what_is_no_time_is_refused_and_never_another(text: str) -> None:
    with pytest.raises(RefusedError, match="isn't a time"):
        clock_time(text)


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        *(("1,200", "1200"), ("£1,200.50", "1200.50"), ("1,234,567.8", "1234567.8")),
        *(("£ 349.50", "349.50"), ("0", "0"), ("2.5", "2.5"), ("12500.00", "12500")),
    ],
)
def test_an_amount_as_people_write_it(text: str, pounds: str) -> None:
    assert amount(text) == Decimal(pounds)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("349,50", "could be 349.50 or 34,950: a comma stands only before three digits"),
        ("2,5", "could be 2.5 or 25"),
        ("£1200,00", "could be 1200.00 or 120,000"),
        ("1,2345", "has a comma that isn't before three digits: write it as 1,200.50"),
        ("1,20,000", "has a comma that isn't before three digits"),
        ("1,200,50", "has a comma that isn't before three digits"),
        (",50", "isn't an amount"),
        ("-5", "isn't an amount"),
        ("1_000", "isn't an amount"),
        ("٣", "isn't an amount"),
        ("12.345", "isn't an amount"),
        ("1e3", "isn't an amount"),
    ],
)
def test_a_comma_stands_only_before_three_digits(text: str, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        amount(text, "Fee")
    assert str(refused.value).startswith(f"Fee: “{text}” {said}")
    assert str(refused.value).endswith(".")


def test_a_day_that_has_gone_by_is_not_the_next_one(folders: Path, capsys: Capture) -> None:
    assert run(["plan", "add", "Gone", "--date", "2020-10-08"]) == 0
    assert run(["plan", "add", "Coming", "--date", "2099-10-08"]) == 0
    capsys.readouterr()
    assert run(["plan", "list"]) == 0
    coming, gone = capsys.readouterr().out.splitlines()
    assert " · next 8 Oct 2099" in coming
    assert " · last 8 Oct 2020" in gone
    assert "next" not in gone


def test_a_table_says_what_it_changes_and_undo_takes_it_back(
    folders: Path, capsys: Capture
) -> None:
    file, plan = folders / "plan.csv", folders / "config" / "plan.toml"
    assert run(["plan", "undo"]) == 1
    assert "There is nothing to undo" in capsys.readouterr().err
    words = ["plan", "add", "Work group", "--fee", "150", "--penalty", "£75", "--year", "2026-27"]
    assert run([*words, "--date", "8/10/26", "--date", "19/11/26", "--notes", "Ask Ann"]) == 0
    before = plan.read_bytes()
    file.write_text("title,date,status\nWork group,8/10/26,confirmed\nNew,,\n", "utf-8")
    capsys.readouterr()
    for check in (["--check"], []):
        assert run(["plan", "import", str(file), *check]) == 0
        out = capsys.readouterr().out.splitlines()
        assert out[:2] == ["new: New, 0 sessions", f"changed: {out[1].split()[1]} Work group"]
        assert out[2:4] == [
            "  status: considering → confirmed",
            "  session that goes: Thu 19 November 2026",
        ]
        assert out[4].endswith("1 new, 1 changed, 0 the same; 1 session taken out.")
        assert " and release days not known: " in out[4]
        assert (plan.read_bytes() == before) == bool(check)
    after = plan.read_bytes()
    assert run(["plan", "undo"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "Undone: 1 activity taken out, 1 activity changed back: New, Work group. "
    )
    assert plan.read_bytes() == before
    assert run(["plan", "undo"]) == 0
    told = capsys.readouterr().out
    assert told == (
        "Done again: 1 activity put in, 1 activity changed: Work group, New. "
        "The same command again undoes it.\n"
    )
    assert plan.read_bytes() == after
    for way in ("Undone: ", "Done again: "):
        assert run(["plan", "undo"]) == 0
        assert capsys.readouterr().out.startswith(way)
    assert run(["plan", "budget", "2026-27", "5,000"]) == 0
    assert run(["plan", "undo"]) == 0
    assert (
        "budget" not in (folders / "config" / "budgets.toml").read_text("utf-8").split("\n", 1)[1]
    )
    assert run(["plan", "export", "--csv", "-"]) == 0
    assert "Ask Ann" not in capsys.readouterr().out
    assert run(["plan", "export", "--csv", "-", "--with", "notes"]) == 0
    assert "Ask Ann" in capsys.readouterr().out
    (folders / "config" / "last-change.json").write_text("[{}", "utf-8")
    assert run(["plan", "undo"]) == 1


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ('"C:/My files/days.ics"', "C:/My files/days.ics"),
        (" 'days.ics' ", "days.ics"),
        ("“days.ics”", "days.ics"),
        ("file:///C:/My%20files/days.ics", "C:/My files/days.ics"),
        ("file:///home/head/days.ics", "/home/head/days.ics"),
        ('odd".ics', 'odd".ics'),
        ('"', '"'),
    ],
)
def test_a_file_s_name_as_it_is_pasted(typed: str, path: str) -> None:
    assert paths.typed_path(typed) == Path(path)


def test_a_calendar_is_looked_at_and_what_is_not_sure_is_asked(
    folders: Path, capsys: Capture
) -> None:
    file = folders / "days.ics"
    titles = ("Half term", "Founder's day", "INSET day", "Christmas fair")
    events = "".join(
        f"BEGIN:VEVENT\nSUMMARY:{title}\nDTSTART;VALUE=DATE:2026111{n}\nEND:VEVENT\n"
        for n, title in enumerate(titles)
    )
    file.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", "utf-8")
    words = ["plan", "days", "import", f'"{file}"']
    assert run([*words, "--check"]) == 0
    out = capsys.readouterr()
    assert out.out.splitlines() == [
        "holiday  10 Nov 2026  Half term",
        "INSET  12 Nov 2026  INSET day",
        "?  11 Nov 2026  Founder's day",
        "?  13 Nov 2026  Christmas fair",
        "Would take 2 entries.",
    ]
    assert "2 entries (?) not taken" in out.err
    assert not (folders / "config" / "days.toml").exists()
    assert run([*words, "--holiday", "founder's", "--leave", "INSET"]) == 0
    assert "Took 2 entries." in capsys.readouterr().out
    assert run(["plan", "days"]) == 0
    listed = capsys.readouterr().out
    assert "Founder's day" in listed
    assert "INSET" not in listed
    assert run([*words, "--term", "nothing of it"]) == 1
    assert run(["plan", "undo"]) == 0
    assert "2 holidays, INSET days and terms taken out" in capsys.readouterr().out
