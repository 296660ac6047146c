"""The values that options and arguments take, from closed sets and from the data."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from claimcli.batches.engines import ENGINES
from claimcli.batches.jobs import job_names
from claimcli.cli.completion.index_values import Value, names_with_prefix, positions_with_prefix
from claimcli.core.query import FIELDS, SORTS, Has
from claimcli.core.records import Status
from claimcli.core.registry_order import Sort
from claimcli.core.response_kinds import Kind, ReplyState
from claimcli.core.schema import RECORD_KINDS, FieldType

WORDS, PREFIXES, FILES, FOLDERS = "words", "prefixes", "files", "folders"


class Offer(Struct, frozen=True):
    """Completions, and how the shell must use them: one of the four words above."""

    how: str = WORDS
    values: tuple[Value, ...] = ()

    def prefixed(self, prefix: str, *, quoted: bool = False) -> "Offer":
        """Return the offer with text before each value, which is quoted for a query if asked."""
        values = ((_quoted(v) if quoted else v, about) for v, about in self.values)
        return Offer(self.how, tuple((f"{prefix}{value}", about) for value, about in values))


FROM_DATA = {
    **{field.name: field.of for kind in RECORD_KINDS.values() for field in kind.fields
       if field.type is FieldType.REFERENCE},
    "left": "party", "right": "party", "parties": "party", "against": "party",
    "speaker": "speaker", "source": "source", "sources": "source", "tag": "tag",
    "ids": "claim", "without": "claim", "claim": "claim", "id": "claim", "responds_to": "claim",
    "around": "claim", "reports_party": "party", "reports_speaker": "speaker",
    "reports.party": "party", "reports.speaker": "speaker", "source.id": "source", "tags": "tag",
    "speakers": "speaker", "from_": "source",
}  # fmt: skip
"""The kind of record whose names a parameter, or a field of a query, takes."""
PATHS = {
    "data": FILES, "output": FILES, "paths": FILES, "input_": FILES, "template": FILES,
    "file": FILES, "stdin_filename": FILES, "losses": FILES, "target_": FILES, "from_file": FILES,
    "texts": FOLDERS, "folder": FOLDERS, "font_path": FOLDERS,
    "result": FOLDERS,
}  # fmt: skip


def values_of(command: str, name: str, word: str, *, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return the values of a command's parameter that start with a word.

    ``given`` are the other options and arguments of the call; they say where the data is.
    """
    compound = _COMPOUND.get((command, name)) or _COMPOUND.get(("", name))
    if compound:
        return compound(word, given)
    if name == "template" and not any(word and known.startswith(word) for known in _shipped()):
        return Offer(FILES)
    if (command, name) in _CLOSED or ("", name) in _CLOSED:
        words = (_CLOSED.get((command, name)) or _CLOSED["", name])(command)
        return _closed(words, word, listed=(command, name) in LISTS or ("", name) in LISTS)
    if name == "position":
        return _positions(word, given)
    if name in FROM_DATA:
        return _from_data(FROM_DATA[name], word, given)
    return Offer(PATHS.get(name, WORDS))


def _in_query(word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return fields of the query language, or the values of the field at the cursor."""
    bare = word.lstrip("(-")
    before = word[: len(word) - len(bare)]
    field, colon, begun = bare.partition(":")
    if not colon:
        fields = tuple((f"{before}{name}:", "") for name in FIELDS if name.startswith(bare))
        return Offer(PREFIXES, fields) if bare else Offer()
    before += f"{field}:"
    field = field.lower()
    words = {"status": tuple(Status), "kind": tuple(Kind), "has": tuple(Has)}.get(field)
    if words:
        return Offer(values=tuple((f"{before}{w}", "") for w in words if w.startswith(begun)))
    begun = begun.removeprefix('"')
    if field == "position":
        offer = _positions(begun, {"data": given.get("data", ())})
    elif field in FROM_DATA:
        offer = _from_data(FROM_DATA[field], begun, given)
    else:
        return Offer()
    return offer.prefixed(before, quoted=True)


def _any_record(word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return records of every kind, or of the kind named before a colon or by --kind."""
    from claimcli.dossier.index.lookup import KINDS

    kind, colon, begun = word.partition(":")
    if colon:
        return _from_data(kind, begun, given).prefixed(f"{kind}:") if kind in KINDS else Offer()
    kinds = [kind for kind in given.get("kind", KINDS) if kind in KINDS]
    offers = [_from_data(kind, word, given) for kind in kinds]
    return Offer(
        PREFIXES if any(offer.how == PREFIXES for offer in offers) else WORDS,
        tuple(value for offer in offers for value in offer.values),
    )


def _assignment(word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return the fields that can be set, or the values of the field at the cursor."""
    from claimcli.edit.assignments import THREADS, nested_fields

    field, equals, begun = word.partition("=")
    if not equals:
        names = {name for kind in RECORD_KINDS.values() for name in kind.names}
        known = sorted({*names, *nested_fields()} - {*THREADS})
        return Offer(PREFIXES, tuple((f"{n}=", "") for n in known if n.startswith(word)))
    name = field.rstrip("+-")
    if name == "position":
        return _positions(begun, given).prefixed(f"{field}=")
    kind = FROM_DATA.get(name) if name != "id" else None  # ids on file are taken
    return _from_data(kind, begun, given).prefixed(f"{field}=") if kind else Offer()


def _report(word: str, _: Mapping[str, Sequence[str]]) -> Offer:
    """Return the formats of a report, each with the "=" before its file."""
    from claimcli.formats.check import WRITERS

    return Offer(PREFIXES, tuple((f"{f}=", "") for f in WRITERS if f"{f}=".startswith(word)))


def _imported(word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return the formats that can be imported for the first word, else files."""
    from claimcli.exchange.registry import import_formats

    formats = () if given.get("files") else _plain(import_formats())
    offer = _closed(formats, word, listed=False)
    return offer if offer.values else Offer(FILES)


_COMPOUND: dict[tuple[str, str], Callable[[str, Mapping[str, Sequence[str]]], Offer]] = {
    ("", "query"): _in_query,
    ("", "record"): _any_record,
    ("show", "ids"): _any_record,
    ("set", "fields"): _assignment,
    ("import", "files"): _imported,
    ("", "report"): _report,
}
"""Parameters whose values have several parts, by command ("" for any) and name."""


def _closed(known: Iterable[Value], word: str, *, listed: bool) -> Offer:
    """Return the values that start with a word, in a comma-separated list with its last item."""
    before, comma, begun = word.rpartition(",") if listed else ("", "", word)
    return Offer(
        values=tuple(
            (f"{before}{comma}{value}", about) for value, about in known if value.startswith(begun)
        )
    )


def _quoted(value: str) -> str:
    plain = value.replace("-", "").replace("_", "").replace(".", "").replace("/", "").isalnum()
    return value if plain else f'"{value}"'


def _from_data(kind: str, word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return names of records from the index."""
    values, whole = names_with_prefix(kind, word, given)
    return Offer(WORDS if whole else PREFIXES, tuple(values))


def _positions(word: str, given: Mapping[str, Sequence[str]]) -> Offer:
    """Return the positions that the issue of a claim declares; without an issue those of all."""
    return Offer(values=tuple((text, "") for text in positions_with_prefix(word, given)))


def _plain(words: Iterable[str]) -> Iterator[Value]:
    return ((str(word), "") for word in words)


def _shipped() -> Iterable[str]:
    from claimcli.formats.briefing import SHIPPED

    return SHIPPED


def _formats(command: str) -> Iterator[Value]:
    from claimcli.cli.presenter import format_names

    return _plain(format_names(command))


def _conflicts(_: str) -> Iterator[Value]:
    from claimcli.exchange.batch import OnConflict

    return _plain(OnConflict)


def _kinds(command: str) -> Iterator[Value]:
    opposing = {"rebut": True, "respond": False}.get(command)
    return ((str(k), k.label) for k in Kind if opposing is None or k.opposes is opposing)


def _choices(kind: str) -> tuple[str, ...]:
    """Return the values of the field ``kind`` of a kind of record."""
    return next(field.choices for field in RECORD_KINDS[kind].fields if field.name == "kind")


def _samples(_: str) -> Iterator[Value]:
    from claimcli.dossier.data_folders import samples

    return _plain(sorted(samples()))


def _relations(_: str) -> Iterator[Value]:
    from claimcli.core.relations import Relation

    return _plain(Relation)


def _fields(_: str) -> Iterator[Value]:
    from claimcli.analysis.list import FIELDS as LIST_FIELDS

    return _plain(LIST_FIELDS)


def _topics(_: str) -> Iterator[Value]:
    from claimcli.cli import command_names
    from claimcli.cli.topics import topics

    return _plain(sorted({*topics(), *command_names()}))


def _lacks(_: str) -> Iterator[Value]:
    from claimcli.analysis.lacks import Lack

    return _plain((*Lack, "any"))


def _semantics(_: str) -> Iterator[Value]:
    from claimcli.analysis.argumentation.extensions import Semantics

    return _plain(Semantics)


def _rules(_: str) -> Iterator[Value]:
    from claimcli.checks import registry

    return ((rule.name, rule.summary) for rule in registry.all_rules())


def _findings(_: str) -> Iterator[Value]:
    from claimcli.analysis.findings import CHANGED_TEXT
    from claimcli.quotes.verdict import Verdict
    from claimcli.quotes.warnings import WarningKind

    return _plain((*Verdict, *WarningKind, CHANGED_TEXT))


_CLOSED: dict[tuple[str, str], Callable[[str], Iterator[Value]]] = {
    ("", "format_"): _formats,
    ("import", "on_conflict"): _conflicts,
    ("", "status"): lambda _: _plain(Status),
    ("", "kind"): _kinds,
    ("set", "kind"): lambda _: _plain(RECORD_KINDS),
    ("edit", "kind"): lambda _: _plain(RECORD_KINDS),
    ("add party", "kind"): lambda _: _plain(_choices("party")),
    ("add source", "kind"): lambda _: _plain(_choices("source")),
    ("", "sample"): _samples,
    ("", "color"): lambda _: _plain(("auto", "always", "never")),
    ("diff", "only"): _relations,
    ("export", "template"): lambda _: _plain(_shipped()),
    ("list", "sort"): lambda _: _plain((*SORTS, *(f"-{name}" for name in SORTS))),
    ("", "sort"): lambda _: _plain(Sort),
    ("", "fields"): _fields,
    ("cache", "action"): lambda _: _plain(("show", "clear")),
    ("corpus", "job"): lambda _: _plain(job_names()),
    ("corpus", "engine"): lambda _: _plain(ENGINES),
    ("completion", "shell"): lambda _: _plain(("bash", "fish", "zsh")),
    ("help", "topic"): _topics,
    ("audit", "fail_on"): _lacks,
    ("audit", "select"): _lacks,
    ("audit", "ignore"): _lacks,
    ("replies", "state"): lambda _: _plain(ReplyState),
    ("standing", "semantics"): _semantics,
    ("check", "select"): _rules,
    ("check", "ignore"): _rules,
    ("rule", "name"): _rules,
    ("verify", "select"): _findings,
    ("verify", "ignore"): _findings,
}
"""The closed sets of values of parameters, by command ("" for any) and name."""
LISTS = {
    ("", "fields"),
    ("audit", "fail_on"),
    *(k for k in _CLOSED if k[1] in ("select", "ignore")),
}
"""Parameters that take several values, separated by commas."""
