"""``claimcli schema``: editors are told of what the reader takes and refuses."""

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
from claimcli.core.schema import RECORD_KINDS, Kind
from claimcli.dossier.json_schema import schema, shape_of
from claimcli.dossier.reader import read_text
from tests.support.cli import ROOT, claimcli
from tests.support.dossiers import dossiers

SCHEMA = json.loads(schema())
EDITOR = Draft202012Validator(SCHEMA)
BUNDLED = sorted([*ROOT.glob("data/**/*.yaml"), *ROOT.glob("claimcli/samples/**/*.yaml")])
README = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
NOT_OF_FORM = {
    "alias-bomb", "control-character", "duplicate-id", "duplicate-key", "explicit-tag", "not-utf8",
    "too-deep", "too-many-directives", "unknown-anchor", "unknown-claim", "unknown-source",
    "yaml-syntax",
}  # fmt: skip
"""What stands in the gallery and cannot be said of a file's form: YAML itself, or other records."""


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: its core schema, in which a day is a text."""


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
    """Return what an editor says of a file, as paths and messages."""
    found = []
    try:
        for document in yaml.load_all(text, Loader=loader):
            for error in EDITOR.iter_errors(_days_as_texts(document)):
                found.append(f"{error.json_path}: {error.message}")
    except yaml.constructor.ConstructorError as error:  # a key that is no text
        found.append(f"$: {error}")
    return found


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.name)
def test_the_bundled_files_are_as_the_schema_has_it(path: Path) -> None:
    """Read by the rules of YAML 1.2, as editors do, and by those of YAML 1.1."""
    text = path.read_text(encoding="utf-8")

    assert complaints(text) == complaints(text, yaml.SafeLoader) == []


@pytest.mark.parametrize("block", README)
def test_the_yaml_of_the_readme_is_as_the_schema_has_it(block: str) -> None:
    assert complaints(block) == []


@pytest.mark.parametrize("rule", registry.all_rules(), ids=lambda rule: rule.name)
def test_what_a_manual_calls_good_is_as_the_schema_has_it(rule: registry.Rule) -> None:
    _, _, good = rule.documentation.partition("\nGood:\n\n")
    shown = re.match(r"(?:(?:    .*)?\n)*", f"{good}\n")
    assert shown
    assert complaints(textwrap.dedent(shown[0])) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "errors").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_mistake_of_form_is_shown_while_it_is_typed(path: Path) -> None:
    """Each file of the gallery of errors whose mistake a schema can express is refused."""
    if path.stem in NOT_OF_FORM:
        pytest.skip("this is no mistake of form")

    assert complaints(path.read_text(encoding="utf-8")) != []


def test_what_is_left_out_of_the_gallery_stands_in_it() -> None:
    assert {p.stem for p in (ROOT / "tests" / "errors").glob("*.yaml")} >= NOT_OF_FORM


@pytest.mark.slow
@given(dossiers())
def test_whatever_is_read_without_an_error_is_as_the_schema_has_it(texts: dict[str, str]) -> None:
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
    # A lone ~ is text to the reader and nothing to an editor, as json_schema says.
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
def test_a_field_that_the_reader_takes_is_taken_by_the_schema(kind: str, data: Any) -> None:
    """Whatever stands in one field: where the reader has nothing to say, no editor does."""
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
        return  # the test's own YAML is none
    problems = [problem for reading in read_text(text) for problem in reading.problems]

    assert problems or not loaded, text


def test_scalars_are_texts_however_an_editor_sees_them() -> None:
    """Booleans, numbers and days unquoted are accepted where the tool reads them as written."""
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
def test_an_editor_shows_the_field(field: str, refused: str) -> None:
    fields = {"id": "a", "party": "p", "statement": "s"}
    name = field.partition(":")[0]
    kept = "\n    ".join(f"{key}: {held}" for key, held in fields.items() if key != name)
    found = complaints(f"claims:\n  - {field}\n    {kept}\n")

    assert found != []
    assert all(line.startswith(refused) for line in found)


def test_every_field_says_what_it_is() -> None:
    """What an editor shows beside a field is a sentence, and every kind is in words."""
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
