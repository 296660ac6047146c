"""Fill a user's template in a separate process, run by ``template_runner`` as ``python -m``.

A template is code by an unknown author. Jinja2's sandbox keeps it away from the program's objects;
the process cannot write files, start processes or open connections, and its time and memory are
limited. It reads one FillRequest as JSON and writes one FillResponse.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateAssertionError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from claimcli.core.text.escaping import one_line
from claimcli.core.text.suggestions import did_you_mean
from claimcli.formats.templates.markup import FUNCTIONS, escape_value
from claimcli.formats.templates.protocol import (
    MAX_TEMPLATE_BYTES,
    TEMPLATE_SUFFIXES,
    FilledTemplate,
    FillRequest,
    FillResponse,
    TemplateProblem,
)
from claimcli.formats.templates.tracking import (
    ClaimIds,
    record_call,
    record_shown,
    recording_filters,
    tracked_context,
)

SHIPPED_TEMPLATES = Path(__file__).parent


class _TemplateLoader(BaseLoader):
    """Loads the template, and templates and style sheets of its folder and of the package."""

    def __init__(self, request: FillRequest) -> None:
        self.request = request

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - signature of the base class
        if template == self.request.name:
            return self.request.source, template, lambda: True
        for folder in (Path(self.request.folder), SHIPPED_TEMPLATES):
            path = (folder / template).resolve()
            is_template = path.suffix in (*TEMPLATE_SUFFIXES, ".css") and path.is_file()
            inside = path.is_relative_to(folder.resolve())
            if is_template and inside and path.stat().st_size <= MAX_TEMPLATE_BYTES:
                return path.read_text(encoding="utf-8"), template, lambda: True
        raise TemplateNotFound(template)


def _escaped_html(value: Any) -> Any:
    return value if isinstance(value, Markup) else Markup(escape(one_line(str(value))))  # noqa: S704 - escaped


_FINALIZE: dict[str, Callable[[Any], Any]] = {
    "md": escape_value,
    "html": _escaped_html,
    "text": lambda value: one_line(str(value)),
}


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, which also records the texts that calls show."""

    def call(
        self, context: Context, function: Callable[..., Any], /, *arguments: Any, **named: Any
    ) -> Any:
        record_call(function, (arguments, named))
        return super().call(context, function, *arguments, **named)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Record a text whose method ``format`` is used, since the base class replaces it."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            record_shown(value.__self__)
        return wrapped


class Renderer:
    """Fills one template and records which claims' statements and ids the text contains."""

    def __init__(self, request: FillRequest) -> None:
        self.request = request
        self.functions = FUNCTIONS if request.form == "md" else {}
        self.stated: ClaimIds = {}
        self.named: ClaimIds = {}

    def response(self) -> FillResponse:
        """Return the text, or the problem with the template."""
        try:
            text = "".join(self._parts())
        except Exception as error:
            return FillResponse(problem=self._problem(error))
        return FillResponse(filled=FilledTemplate(text, [*self.stated], [*self.named]))

    def _parts(self) -> Iterator[str]:
        template = self._environment().get_template(self.request.name)
        size = 0
        context = tracked_context(self.request.context, stated=self.stated, named=self.named)
        for part in template.generate(**context, **self.functions):
            size += len(part)
            if size > self.request.most_text:
                raise _TooLongError
            yield part

    def _environment(self) -> Any:
        environment = _Environment(
            loader=_TemplateLoader(self.request),
            autoescape=self.request.form == "html",
            finalize=_FINALIZE[self.request.form],
            undefined=_undefined([*self.request.context, *self.functions]),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        del environment.globals["lipsum"]  # random output
        del environment.filters["random"], environment.filters["safe"]
        environment.filters = recording_filters(environment.filters)
        return environment

    def _problem(self, error: Exception) -> TemplateProblem:
        name, line = _location(error, self.request.name)
        message, hint = _message_and_hint(error)
        return TemplateProblem(message, name, line, hint)


class _TooLongError(Exception):
    """The text is longer than allowed."""


def _undefined(names: Sequence[str]) -> type[StrictUndefined]:
    """Return the class of missing names, whose message suggests a similar name."""

    class Missing(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            among, what = (names, "name") if self._undefined_obj is _NO_OBJECT else ([], "item")
            if isinstance(self._undefined_obj, dict):
                among = [*self._undefined_obj]
            hint = did_you_mean(str(self._undefined_name), among)
            return f"no {what} '{self._undefined_name}'" + (f"; {hint}" if hint else "")

    return Missing


_NO_OBJECT = StrictUndefined()._undefined_obj
"""The ``_undefined_obj`` of a missing top-level name."""


def _location(error: Exception, name: str) -> tuple[str, int | None]:
    """Return the innermost template and line that an error comes from; ``name`` by default."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    location: tuple[str, int | None] = (name, None)
    trace = error.__traceback__
    while trace is not None:
        frame_globals = trace.tb_frame.f_globals
        if "__jinja_exception__" in frame_globals:  # Jinja2 has inserted the template's own line
            location = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        elif template := frame_globals.get("__jinja_template__"):
            location = (template.name, template.get_corresponding_lineno(trace.tb_lineno))
        trace = trace.tb_next
    return location


_NAMES_HINT = "'claimcli help templates' lists the names a template can use"
_MESSAGES = (
    (_TooLongError, "the text is longer than allowed", "make the template produce less text"),
    (TemplateNotFound, "no template '{}' in its folder", "only *.j2 files in its folder are read"),
    (RecursionError, "it is nested too deeply, or calls itself endlessly", "end the recursion"),
    (MemoryError, "it needs more memory than allowed", "make the template produce less text"),
    (SecurityError, "refused: {}", "a template can use plain values only"),
    (UndefinedError, "{}", _NAMES_HINT),
    (TemplateAssertionError, "{}", "'claimcli help templates' lists what is not available"),
    (TemplateSyntaxError, "{}", "templates are written in the language of Jinja2"),
)
"""Kinds of errors with their message and hint."""


def _message_and_hint(error: Exception) -> tuple[str, str]:
    """Return a message and a hint, which is a suggested name if there is a similar one."""
    sentence = str(error) if isinstance(error, TemplateNotFound) else _sentence(error)
    for kind, template, default_hint in _MESSAGES:
        if isinstance(error, kind):
            message, _, hint = template.format(sentence).partition("; ")
            return message, hint or default_hint
    return f"{type(error).__name__}: {sentence}", _NAMES_HINT


def _sentence(error: Exception) -> str:
    text = one_line(str(error))[:500].rstrip(".")
    return f"{text[:1].lower()}{text[1:]}"


def restrict_process(request: FillRequest) -> None:
    """Drop abilities that a template does not need, as far as the operating system allows."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_AS", request.memory),
        ("RLIMIT_CPU", request.seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_CORE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


_REFUSED_EVENTS = (
    "socket.", "subprocess.", "ctypes.", "os.exec", "os.fork", "os.posix_spawn", "os.system",
)  # fmt: skip


def _refuse(event: str, _: Any) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError(event)


def main() -> None:
    """Read a FillRequest from standard input and write a FillResponse to standard output."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=FillRequest)
    encoder = msgspec.json.Encoder()
    did_you_mean("a", ["b"])  # imports its library before files are out of reach
    restrict_process(request)
    sys.stdout.buffer.write(encoder.encode(Renderer(request).response()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
