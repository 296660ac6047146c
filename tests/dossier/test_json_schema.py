"""``claimcli schema``: editors accept and reject the same files as the reader."""

import json
import re
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claimcli.checks import registry
from claimcli.core.response_kinds import Kind
from claimcli.core.schema import RECORD_KINDS
from claimcli.dossier.json_schema import schema, shape_of
from claimcli.dossier.reader import read_text
from tests.support.cli import ROOT, claimcli
from tests.support.dossiers import dossiers

SCHEMA = json.loads(schema())
EDITOR = Draft202012Validator(SCHEMA)
BUNDLED = sorted([*ROOT.glob("data/**/*.yaml"), *ROOT.glob("claimcli/samples/**/*.yaml")])
DOCS = [
    block
    for page in (
        ROOT / "README.md",
        *sorted(ROOT.glob("docs/[!r]*/**/*.md")),
        ROOT / "docs" / "tutorial.md",
    )
    for block in re.findall(r"^```yaml[^\n]*\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
]
NOT_OF_FORM = {
    "alias-bomb", "comment-in-lines", "comment-in-text", "control-character", "duplicate-id",
    "duplicate-key", "explicit-tag", "not-utf8", "surrogate-escape", "too-deep",
    "too-many-directives", "unknown-anchor", "unknown-claim", "unknown-source", "yaml-syntax",
}  # fmt: skip
"""Mistakes in the gallery that a schema cannot find: in YAML itself, or in other records."""


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: the core schema, in which a day is a text."""


_Core.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), _first)
_Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: (
        int(re.sub("^0+(?=[0-9])", "", node.value), 0)
        if node.value.strip("+-0").isdigit() or not node.value.strip("+-0")
        else int(node.value, 0)
    ),
)


def _days_as_texts(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _days_as_texts(held) for key, held in value.items()}
    return [_days_as_texts(held) for held in value] if isinstance(value, list) else value


def complaints(text: str, loader: Any = _Core) -> list[str]:
    """Return the paths and messages that an editor shows for a file."""
    found = []
    try:
        for document in yaml.load_all(text, Loader=loader):
            for error in EDITOR.iter_errors(_days_as_texts(document)):
                found.append(f"{error.json_path}: {error.message}")
    except yaml.constructor.ConstructorError as error:  # a key that is not a text
        found.append(f"$: {error}")
    return found


def test_the_schema_is_valid() -> None:
    of_schemas = Draft202012Validator(Draft202012Validator.META_SCHEMA)

    assert list(of_schemas.iter_errors(SCHEMA)) == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_the_bundled_files_are_valid(path: Path) -> None:
    """With the rules of YAML 1.2, as in editors, and with those of YAML 1.1."""
    text = path.read_text(encoding="utf-8")

    assert complaints(text) == complaints(text, yaml.SafeLoader) == []


@pytest.mark.parametrize("block", DOCS)
def test_the_yaml_of_the_documentation_is_valid(block: str) -> None:
    assert complaints(block) == []


@pytest.mark.parametrize("rule", registry.all_rules(), ids=lambda rule: rule.name)
def test_the_good_examples_of_rules_are_valid(rule: registry.Rule) -> None:
    _, _, good = rule.documentation.partition("\nGood:\n\n")
    shown = re.match(r"(?:(?:    .*)?\n)*", f"{good}\n")
    assert shown
    assert complaints(textwrap.dedent(shown[0])) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "errors").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_mistake_of_form_is_found_by_the_schema(path: Path) -> None:
    """Each file in the gallery with a mistake that a schema can find is rejected."""
    if path.stem in NOT_OF_FORM:
        pytest.skip("this is not a mistake of form")

    assert complaints(path.read_text(encoding="utf-8")) != []


def test_the_exceptions_are_in_the_gallery() -> None:
    assert {p.stem for p in (ROOT / "tests" / "errors").glob("*.yaml")} >= NOT_OF_FORM


@pytest.mark.slow
@given(dossiers())
def test_files_that_are_read_without_an_error_are_valid(texts: dict[str, str]) -> None:
    for text in texts.values():
        assert complaints(text) == []


SCALARS = st.one_of(
    st.sampled_from(
        (
            "yes",
            "no",
            "on",
            "true",
            "False",
            "~x",
            "2021",
            "0755",
            "1e3",
            "0x1F",
            "-1",
            "1.5",
            ".inf",
            "2021-12-30",
            "2021-12",
            "202X",
            "../2021",
            "2021/",
            "2021-12-30T15:35-05:00",
            "15:35",
            "a/b",
            "denies",
            "confirms",
            "primary",
            "person",
            "a-b.c",
            "A",
            "'  x  '",
            "''",
            "",
            "0",
        )
    ),
    # A lone ~ is a text for the reader and null for an editor.
    st.text("ab01X-~?/.T:", min_size=1, max_size=8).filter(
        lambda t: t != "~" and yaml.safe_load(f"'{t}'") == t
    ),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=2).map(lambda items: f"[{', '.join(i or 'x' for i in items)}]"),
    SCALARS.map(lambda text: f"{{claim: {text or 'x'}}}"),
    SCALARS.map(lambda text: f"{{id: {text or 'x'}, quote: {text or 'x'}}}"),
    SCALARS.map(lambda text: f"[{{title: {text or 'x'}}}]"),
    SCALARS.map(lambda text: f"{{party: {text or 'x'}}}"),
)


@given(st.sampled_from(sorted(RECORD_KINDS)), st.data())
def test_a_value_that_the_reader_accepts_is_valid(kind: str, data: Any) -> None:
    """For any value of one field: an editor reports nothing unless the reader does."""
    record = RECORD_KINDS[kind]
    field = data.draw(st.sampled_from(record.fields))
    fields = dict.fromkeys(record.required, "x") | {field.name: data.draw(VALUES)}
    assume("enum" not in shape_of(field) or fields[field.name] != "''")
    text = (
        f"{record.section}:\n- "
        + "\n  ".join(f"{key}: {held}" for key, held in fields.items())
        + "\n"
    )
    try:
        loaded = complaints(text)
    except (yaml.YAMLError, ValueError):
        return  # the test's own YAML is invalid
    problems = [problem for reading in read_text(text) for problem in reading.problems]

    assert problems or not loaded, text


def test_scalars_of_any_type_are_accepted_as_texts() -> None:
    """Unquoted booleans, numbers and days, which claimcli reads as written."""
    text = """
claims:
  - {id: 2021, party: [1, no], statement: true, position: yes, said: 2021, about: 2021-12-30,
     tags: [1, 0755, off], note: , source: 1e3}
"""
    assert complaints(text) == complaints(text, yaml.SafeLoader) == []


@pytest.mark.parametrize(
    ("field", "refused"),
    [
        ("said: 30.12.2021", "$.claims[0].said"),
        ("said: 20211", "$.claims[0].said"),
        ("rebuttals: [{party: p, statement: s, kind: confirms}]", "$.claims[0].rebuttals"),
        ("responses: [{party: p, statement: s, kind: denies}]", "$.claims[0].responses"),
        ("responses: [{party: p, statement: s}]", "$.claims[0].responses"),
        ("source: {quote: q}", "$.claims[0].source"),
        ("kind: denies", "$.claims[0]"),
        ("party: []", "$.claims[0].party"),
        ("issue: No Id", "$.claims[0].issue"),
    ],
)
def test_a_mistake_is_shown_at_its_field(field: str, refused: str) -> None:
    fields = {"id": "a", "party": "p", "statement": "s"}
    name = field.partition(":")[0]
    kept = "\n    ".join(f"{key}: {held}" for key, held in fields.items() if key != name)
    found = complaints(f"claims:\n  - {field}\n    {kept}\n")

    assert found != []
    assert all(line.startswith(refused) for line in found)


def test_every_field_has_a_description() -> None:
    """Each description is a sentence, and every kind of response has a label."""
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    described = [field for part in objects for field in part["properties"].values()]

    assert len(described) > 100
    assert all(field["description"].endswith(".") for field in described)
    kind = SCHEMA["$defs"]["rebuttal"]["properties"]["kind"]
    assert [f"{k}: {k.label}" in kind["description"] for k in Kind] == [True] * len(Kind)
    assert kind["enum"] == [*(k for k in Kind if k.opposes), None]


def test_the_command_prints_or_writes_it(tmp_path: Path) -> None:
    written = claimcli("schema", "-o", "s.json", cwd=tmp_path)

    assert claimcli("schema", cwd=tmp_path).stdout == schema()
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema()
