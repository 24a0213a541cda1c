"""The command line: what a person types, and what it prints.

Exit codes: 0 done; 1 not found or an input refused, with what to do next on standard error; 2 wrong
usage. Libraries are imported by the command that needs them, so that `--version` costs nothing.
"""

from navigator.cli.running import run

__all__ = ["run"]
