"""`python -m navigator` and the `navigator` command."""

# Typeshed doesn't know the C module: signal itself takes longer to import
import _signal  # type: ignore[import-not-found]
import gc
import sys

# Until a command runs there is nothing to say: Ctrl+C ends it as it ends any program, in silence,
# and not with a traceback from the middle of an import. Where it is ignored it stays so.
OURS = _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
if OURS:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


CLASH = (
    "navigator: another package that is called navigator lies in the same place ({where}) and has "
    "replaced a part of this one. Install school-navigator anew in an environment of its own "
    "(pipx install, or uv tool install), or use navigator.pyz."
)


def main() -> None:
    try:
        from navigator import PROGRAM  # noqa: F401 - another's package has none
        from navigator.cli import run
    except ImportError as error:
        # One of ours that is missing, not a library; both packages' files lie in one folder then
        if (error.name or "").partition(".")[0] != "navigator":
            raise
        sys.exit(CLASH.format(where=__file__.rpartition("__main__")[0]))

    try:
        if OURS:
            _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    finally:
        if OURS:
            _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    gc.freeze()  # else Python looks for garbage in all of it before it ends (14 ms of an update)
    sys.exit(code)


if __name__ == "__main__":
    main()
