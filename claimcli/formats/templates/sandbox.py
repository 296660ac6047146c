"""A template of the user's, filled in a process of its own: ``python -m`` this, by ``filling``.

The template is code of whoever wrote it. Jinja2's sandbox keeps it from the program's inside; the
process, which can write no file, start no other and reach no network, and has bounds on time and
memory, keeps it from the rest. It gets one JSON object and answers with one.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateAssertionError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from claimcli.core.text.escaping import one_line
from claimcli.core.text.suggestions import did_you_mean
from claimcli.formats.templates.markup import FUNCTIONS, escaped
from claimcli.formats.templates.protocol import ENDINGS, MOST_SOURCE, Answer, Filled, Job, Wrong
from claimcli.formats.templates.tracking import marked, with_told

SHIPPED = Path(__file__).parent


class _Loader(BaseLoader):
    """Finds the template, those beside it and the ones that ship, and nothing else."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def get_source(
        self,
        environment: Any,  # noqa: ARG002 - the base class has it
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        if template == self.job.name:
            return self.job.source, template, lambda: True
        for folder in (Path(self.job.folder), SHIPPED):
            path = (folder / template).resolve()
            inside = path.is_relative_to(folder.resolve()) and path.is_file()
            if inside and path.suffix in ENDINGS and path.stat().st_size <= MOST_SOURCE:
                return path.read_text(encoding="utf-8"), template, lambda: True
        raise TemplateNotFound(template)


def _escaped_html(value: Any) -> Any:
    return value if isinstance(value, Markup) else Markup(escape(one_line(str(value))))  # noqa: S704 - it is


def _plain(value: Any) -> Any:
    return one_line(str(value))


_FINALIZE: dict[str, Callable[[Any], Any]] = {
    "md": escaped,
    "html": _escaped_html,
    "text": _plain,
}


class Fill:
    """One filling: the environment, and what has gone into the text so far."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stated: dict[str, None] = {}
        self.named: dict[str, None] = {}
        self.names = [*job.context, *FUNCTIONS] if job.form == "md" else [*job.context]

    def answer(self) -> Answer:
        """Return the text, or what is wrong with the template."""
        try:
            text = "".join(self._parts())
        except Exception as error:
            return Answer(wrong=self._wrong(error))
        return Answer(filled=Filled(text, [*self.stated], [*self.named]))

    def _parts(self) -> Iterator[str]:
        functions = FUNCTIONS if self.job.form == "md" else {}
        filled = self._environment().get_template(self.job.name)
        size = 0
        context = marked(self.job.context, stated=self.stated, named=self.named)
        for part in filled.generate(**context, **functions):
            size += len(part)
            if size > self.job.most_text:
                raise _TooLongError
            yield part

    def _environment(self) -> Any:
        environment = ImmutableSandboxedEnvironment(
            loader=_Loader(self.job),
            autoescape=self.job.form == "html",
            finalize=_FINALIZE[self.job.form],
            undefined=_undefined(self.names),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        del environment.globals["lipsum"]  # the same data gives the same text
        del environment.filters["random"], environment.filters["safe"]
        environment.filters |= with_told(environment.filters)
        return environment

    def _wrong(self, error: Exception) -> Wrong:
        name, line = _place(error, self.job.name)
        message, hint = _reason(error)
        return Wrong(message, name, line, hint)


class _TooLongError(Exception):
    """The text is longer than it may be."""


def _undefined(names: Iterable[str]) -> type[StrictUndefined]:
    """Return what stands for a missing name; its message has the near match."""
    known = [*names]

    class Missing(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            among, what = (known, "name") if self._undefined_obj is _MISSING else ([], "item")
            if isinstance(self._undefined_obj, dict):
                among = [*self._undefined_obj]
            hint = did_you_mean(str(self._undefined_name), among)
            return f"no {what} '{self._undefined_name}'" + (f"; {hint}" if hint else "")

    return Missing


_MISSING = StrictUndefined()._undefined_obj
"""What a name that is in no object has for one."""


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Return the template and the line that an error comes from, the innermost there is."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    found: tuple[str, int | None] = (name, None)
    trace = error.__traceback__
    while trace is not None:
        around = trace.tb_frame.f_globals
        if "__jinja_exception__" in around:  # Jinja2 has put the template's own line here
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        elif template := around.get("__jinja_template__"):
            found = (template.name, template.get_corresponding_lineno(trace.tb_lineno))
        trace = trace.tb_next
    return found


_LISTED = "'claimcli help templates' lists what a template may name"
_REASONS = (
    (_TooLongError, "the text is longer than it may be", "let it say less"),
    (TemplateNotFound, "no template '{}' beside it", "only *.j2 files of its own folder are read"),
    (RecursionError, "it is nested too deeply, or calls itself without end", "let it end"),
    (MemoryError, "it needs more memory than it may have", "let it say less"),
    (SecurityError, "refused: {}", "templates see plain values alone"),
    (UndefinedError, "{}", _LISTED),
    (TemplateAssertionError, "{}", "'claimcli help templates' says what is not there"),
    (TemplateSyntaxError, "{}", "the language is that of Jinja2"),
)
"""Errors, what is wrong in words, and the way out."""


def _reason(error: Exception) -> tuple[str, str]:
    """Return what is wrong, and the way out: a near match if there is one."""
    sentence = str(error) if isinstance(error, TemplateNotFound) else _sentence(error)
    for kind, message, way_out in _REASONS:
        if isinstance(error, kind):
            told, _, hint = message.format(sentence).partition("; ")
            return told, hint or way_out
    return f"{type(error).__name__}: {sentence}", _LISTED


def _sentence(error: Exception) -> str:
    text = one_line(str(error))[:500].rstrip(".")
    return f"{text[:1].lower()}{text[1:]}"


def close_in(job: Job) -> None:
    """Give up what a template has no need of; where the system cannot, the sandbox remains."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_AS", job.memory),
        ("RLIMIT_CPU", job.seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NPROC", 0),
        ("RLIMIT_CORE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


_REFUSED = (
    "socket.",
    "subprocess.",
    "ctypes.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
)


def _refuse(event: str, _: Any) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(event)


def main() -> None:
    """Read a job from standard input and write the answer to standard output."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    answer = msgspec.json.Encoder()
    did_you_mean("a", ["b"])  # so that its library is there
    close_in(job)
    sys.stdout.buffer.write(answer.encode(Fill(job).answer()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
