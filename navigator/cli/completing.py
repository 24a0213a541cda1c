"""Completion in a shell: a script a shell, and the answers that the scripts ask for.

The scripts are short and know no command. At each Tab they run `navigator completion --words=…`
with the words up to the cursor (`BETWEEN` them a character that nobody types, as some shells lose
empty words), and it answers from the parser itself, so that nothing is told
twice. A line of the answer is a word, a tab, and what it is; `:files` alone asks the shell for the
names of files.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from navigator.cli.commands import COMMANDS

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser

BETWEEN = "\x1f"
FILES = ":files"
OF_FILES = ("FILE", "FOLDER", "PATH", "OLD", "NEW")
"""What stands for a file in the help; "FILE.csv" too."""

BASH = r"""
_navigator() {
    local IFS=$'\x1f' line current="${COMP_WORDS[COMP_CWORD]}"
    local words="${COMP_WORDS[*]:1:COMP_CWORD}"
    IFS=$'\n'
    COMPREPLY=()
    while read -r line; do
        if [[ "$line" == :files ]]; then
            compopt -o filenames 2>/dev/null
            COMPREPLY+=($(compgen -f -- "$current"))
        else
            COMPREPLY+=("${line%%$'\t'*}")
        fi
    done < <("${COMP_WORDS[0]}" completion --words="$words" 2>/dev/null)
}
complete -F _navigator navigator
"""
ZSH = r"""
#compdef navigator
_navigator() {
    local line
    local -a found
    local asked="${(pj:\x1f:)words[2,CURRENT]}"
    for line in "${(@f)$(${words[1]} completion --words="$asked" 2>/dev/null)}"; do
        if [[ "$line" == :files ]]; then
            _files
        elif [[ -n "$line" ]]; then
            found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        fi
    done
    (( $#found )) && _describe -V navigator found
}
compdef _navigator navigator
"""
FISH = r"""
function __navigator_words
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] completion --words=(string join \x1f -- $words[2..-1]) 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c navigator -f -a '(__navigator_words)'
"""
POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName navigator -ScriptBlock {
    param($current, $ast, $at)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $at } | ForEach-Object { $_.ToString() })
    if ($current -eq '') { $words += '' }
    $asked = '--words=' + ($words -join [char]31)
    & $ast.CommandElements[0].Value completion $asked 2>$null | ForEach-Object {
        if ($_ -eq ':files') {
            # As PowerShell does by itself: no answer, and it completes names of files
        } else {
            $word, $said = $_ -split "`t", 2
            if (-not $said) { $said = $word }
            [System.Management.Automation.CompletionResult]::new(
                $word, $word, 'ParameterValue', $said)
        }
    }
}
"""
SHELLS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}

ABOUT = """\
Print a script with which a shell completes navigator's commands, options and choices by Tab.

  bash         navigator completion bash > ~/.local/share/bash-completion/completions/navigator
  zsh          eval "$(navigator completion zsh)", in ~/.zshrc after compinit
  fish         navigator completion fish > ~/.config/fish/completions/navigator.fish
  PowerShell   navigator completion powershell | Out-String | Invoke-Expression, in $PROFILE
"""


def completion(command: Parser) -> Run:
    from navigator.cli.common import describe

    describe(command, ABOUT)
    one = command.add_mutually_exclusive_group(required=True)
    one.add_argument("shell", nargs="?", choices=tuple(SHELLS), help="the shell")
    one.add_argument(
        "--words",
        metavar="WORDS",
        help="what may stand in the place of the last of these words, as the scripts ask",
    )
    return _completion


def _completion(given: argparse.Namespace) -> int:
    if given.words is None:
        print(SHELLS[given.shell].strip())
        return 0
    for word, said in _answers(given.words.split(BETWEEN)):
        print(f"{word}\t{said}" if said else word)
    return 0


def _answers(words: list[str]) -> Iterator[tuple[str, str]]:
    """(word, what it is) of all that may stand in the place of the last word; FILES for names of
    files."""
    *before, begun = words
    for word, said in _possible(before, begun):
        if word == FILES or word.startswith(begun):
            yield word, said.partition("\n")[0]


def _possible(before: list[str], begun: str) -> Iterable[tuple[str, str]]:
    from navigator.cli.common import inner
    from navigator.cli.manual import actions, parsers

    if not before:
        options = [("--help", "help"), ("--version", "the version")]
        return [(c.name, c.help) for c in COMMANDS] + (options if begun.startswith("-") else [])
    found = parsers(before[0]) if before[0] else {}
    if not found:
        return []
    path: tuple[str, ...] = (before[0],)
    rest = before[1:]
    while rest and (*path, rest[0]) in found:
        path = (*path, rest.pop(0))
    of = found[path]
    every = list(actions(of))
    by_name = {name: action for action in every for name in action.option_strings}
    if rest and (asked := by_name.get(rest[-1])) and asked.nargs != 0:
        return _values(asked)
    if begun.startswith("-"):
        return [(name, by_name[name].help or "") for name in by_name]
    if next_words := inner(of):
        told = [(word, next_one.description or "") for word, next_one in next_words.items()]
        return [] if rest else told  # a word that is none of them was typed before
    return [pair for action in every if not action.option_strings for pair in _values(action)]


def _values(action: argparse.Action) -> Iterable[tuple[str, str]]:
    """What an argument takes, as far as that can be listed."""
    if action.choices:
        return [(str(choice), "") for choice in action.choices]
    named = action.metavar if isinstance(action.metavar, str) else ""
    if action.dest in ("programme", "what") and named in ("", "ID", "PROGRAMME"):
        return _programmes()
    return [(FILES, "")] if named.partition(".")[0] in OF_FILES else []


def _programmes() -> Iterable[tuple[str, str]]:
    from navigator.core import paths
    from navigator.directory import open_directory

    own = paths.own_facts_dir()
    directory = open_directory(None, own if own.is_dir() else None)
    return [(programme.id, programme.name) for programme in directory.programmes]
