"""docs/commands.md and the man page, made of the parser: `python -m tests.tools.commands_page`
writes both."""

from __future__ import annotations

from pathlib import Path

from navigator.cli.manual import ENDS, arguments, man_page, parsers, what_it_does

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
MAN = PAGE.with_name("navigator.1")

INTRODUCTION = f"""\
# Every command

What `navigator COMMAND --help` says, on one page. The page is made of the program itself, by
`python -m tests.tools.commands_page`, and a test holds it to that.

{ENDS} `navigator --version` prints the version.
"""


def page() -> str:
    lines = [INTRODUCTION]
    for words, of in parsers().items():
        lines.append(f"#{'#' * len(words)} navigator {' '.join(words)}\n")
        if of.description and "\n\n  " in of.description:
            lines.append(f"```\n{of.description.rstrip()}\n```\n")
        elif description := what_it_does(words, of):
            lines.append(f"{description}\n")
        rows = [f"| `{_cell(shown)}` | {_cell(said)} |" for shown, said in arguments(of)]
        if rows:
            lines.append("\n".join(("| argument | |", "|---|---|", *rows)) + "\n")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    MAN.write_text(man_page(), "utf-8")
