"""The command line: the app, and the one place where errors become exit codes.

Commands are modules of ``commands/``. They may import every layer, and do so inside functions: what
a call does not need is not imported. Start reading here, then in ``options.py`` and ``session.py``.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from claimcli import __version__
from claimcli.cli import commands, options
from claimcli.core.problems import ClaimcliError, Excerpt, ExitCode
from claimcli.core.query import FIELDS
from claimcli.core.text.suggestions import did_you_mean, one_of

SUMMARY = "a plain-text ledger of who said what"
_NEGATED = rf"(?i)-(?:(?:{'|'.join(FIELDS)}):|[\"(/])"


def _show_help(ctx: Any, _parameter: Any, value: bool) -> None:  # noqa: FBT001 - called by the option parser
    if value and not ctx.resilient_parsing:
        _write(ctx.get_help())
        ctx.exit()


def _write(text: str) -> None:
    from claimcli.cli.output import write

    write(f"{text}\n")


def _refuse_empty(parameters: Iterable[Any], values: dict[str, Any]) -> None:
    """Raise ClaimcliError if the value of an option is empty, as an unset variable's is."""
    for parameter in parameters:
        value = values.get(parameter.name)
        given = value if isinstance(value, list | tuple) else [value]
        if parameter.param_type_name == "option" and any(
            isinstance(one, str) and not one.strip() for one in given
        ):
            name = max(parameter.opts, key=len)
            raise ClaimcliError(f"the value of {name} is empty", "write one, or leave it out")


class _Strict:
    """A command that refuses empty values of all options, and whose help goes where output does."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of a command
        if option:
            option.callback = _show_help
        return option

    def make_parser(self, ctx: Any) -> Any:
        parser = super().make_parser(ctx)  # type: ignore[misc]  # of a command
        parse = parser.parse_args

        def parse_and_check(args: list[str]) -> Any:
            values, *rest = parse(args)
            _refuse_empty(self.get_params(ctx), values)  # type: ignore[attr-defined]
            return values, *rest

        parser.parse_args = parse_and_check
        return parser


class _Command(_Strict, TyperCommand):
    """A command whose query may begin with ``-``, as in ``-status:withdrawn``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if any(parameter.name == "query" for parameter in self.params):
            args = [
                f"NOT {arg[1:]}" if arg[:1] == "-" and re.match(_NEGATED, arg) else arg
                for arg in args
            ]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        from claimcli.cli.help_page import write_examples, write_options

        list_formats(self)
        write_options(self, ctx, formatter)
        write_examples(str(self.name), formatter)


def list_formats(command: Any) -> None:
    """Name the formats of a command in the help of its ``--format``."""
    from claimcli.cli.presenter import format_names

    for parameter in command.params:
        if parameter.name == "format_" and parameter.param_type_name == "option":
            default, *others = format_names(command.name)
            parameter.help = f"The output format: {', '.join((f'{default} (default)', *others))}."


def command_names() -> list[str]:
    """Return the names of all commands; that of ``add_party.py`` is "add party"."""
    files = Path(commands.__path__[0]).glob("[a-z]*.py")
    return sorted(file.stem.replace("_", " ") for file in files)


def command_summary(name: str) -> str:
    """Return the first line of the description of a command."""
    return (command_of(name).__doc__ or "").partition("\n")[0]


def command_of(name: str) -> Callable[..., None]:
    """Return the function of an existing command."""
    stem = name.replace(" ", "_")
    module = import_module(f"{commands.__name__}.{stem}")
    function: Callable[..., None] = getattr(module, stem, None) or getattr(module, f"{stem}_")
    return function


class _Commands(_Strict, TyperGroup):
    """The commands, each imported from its module in ``cli/commands`` when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the base class has it
        return command_names()

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        function = command_of(cmd_name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=_Command)(options.with_shared_options(function))
        return typer.main.get_command(single)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        from claimcli.cli.help_page import write_commands, write_examples, write_options

        write_commands({name: command_summary(name) for name in command_names()}, formatter)
        write_options(self, ctx, formatter)
        write_examples("", formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            from claimcli.cli.help_page import command_for

            call = command_for(args[0], names)
            otherwise = did_you_mean(args[0], names, "see 'claimcli --help'")
            hint = f"did you mean 'claimcli {call}'?" if call else otherwise
            raise ClaimcliError(f"no command '{args[0]}'", hint)
        return super().resolve_command(ctx, _join_words(args, names))


def _join_words(args: list[str], names: Iterable[str]) -> list[str]:
    """Return arguments with a command of two words as the first; ``add claim`` is ``add``.

    Raises ClaimcliError if the second word is none of those that the command takes.
    """
    kinds = {name.partition(" ")[2]: name for name in names if name.startswith(f"{args[0]} ")}
    if not kinds or len(args) < 2 or args[1].startswith("-"):
        return args
    kinds["claim"] = args[0]
    return [kinds[one_of(args[1], tuple(kinds), "kind of record")], *args[2:]]


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    help=f"{SUMMARY.capitalize()}: list, compare and check competing accounts.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:  # noqa: FBT001 - called by the option parser
    if value:
        _write(f"claimcli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    data: options.DataOption = None,
    sample: options.SampleOption = None,
    color: options.ColorOption = None,
    no_cache: options.NoCacheOption = False,
    no_pager: options.NoPagerOption = False,  # noqa: ARG001 - its callback acts on it
    version: Annotated[  # noqa: ARG001 - its callback acts on it
        bool,
        options.option(
            "--version", "Show the version and exit.", is_eager=True, callback=_show_version
        ),
    ] = False,
) -> None:
    """Keep the options given before a command; without a command, show the help."""
    ctx.obj = {"data": data, "sample": sample, "color": color, "no_cache": no_cache}
    if ctx.invoked_subcommand is None:
        _write(ctx.get_help())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and exit with its code."""
    try:
        given = sys.argv[1:] if arguments is None else arguments
        _refuse_undecodable(given)
        code = _run(given)
        sys.stdout.flush()
        raise SystemExit(code)
    except ClaimcliError as error:
        _fail(str(error), error.code, error.excerpt)
    except typer.TyperException as error:
        _fail(_usage(error), ExitCode.WRONG_USE)
    except BrokenPipeError:  # the reader of the output, such as 'head', has closed it
        from claimcli.cli.output import discard_stdout

        discard_stdout()
        raise SystemExit(ExitCode.DONE) from None
    except OSError as error:
        _fail(_system_error(error), ExitCode.UNREADABLE)
    except (KeyboardInterrupt, EOFError, typer.Abort):
        raise SystemExit(130) from None


def _run(arguments: Iterable[str]) -> int:
    """Run a command; return its exit code. (Typer's own ``main`` exits with 1 on a closed pipe.)"""
    command = typer.main.get_command(app)
    try:
        with command.make_context("claimcli", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return ExitCode.DONE


def _system_error(error: OSError) -> str:
    """Return the message for an error of the operating system that no function expected."""
    from claimcli.dossier.config import working_folder

    try:
        working_folder()
    except ClaimcliError as gone:  # relative paths have no meaning
        return str(gone)
    reason = error.strerror or type(error).__name__
    return f"cannot access '{error.filename}': {reason}" if error.filename else reason


def _refuse_undecodable(arguments: Iterable[str]) -> None:
    """Raise ClaimcliError if an argument other than an existing path is not UTF-8."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            if not os.path.lexists(argument.partition("=")[2] or argument):
                message = f"the argument '{argument}' is not UTF-8"
                raise ClaimcliError(message, "write it in UTF-8") from None


def _usage(error: typer.TyperException) -> str:
    text = error.format_message().rstrip(".").replace("\n", " ")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "claimcli"
    is_unknown_option = hasattr(error, "possibilities")  # which only NoSuchOption has
    negated = is_unknown_option and context and "[QUERY]" in context.get_usage()
    more = "; a query that begins with '-' follows '-- '" if negated else ""
    return f"{text[:1].lower()}{text[1:]}; see '{path} --help'{more}"


def _fail(message: str, code: int, excerpt: Excerpt | None = None) -> NoReturn:
    from claimcli.core.text.escaping import one_line
    from claimcli.formats.carets import caret_lines

    lines = [one_line(f"error: {message}")]
    if excerpt:
        on_one_line = " ".join(excerpt.text.splitlines())
        width = shutil.get_terminal_size().columns - 4
        lines += caret_lines(on_one_line, excerpt.start, excerpt.end, width=width)
    text = "\n".join(lines)
    with suppress(OSError):  # no one can read the message
        sys.stderr.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stderr.flush()
    raise SystemExit(code)
