"""The canonical form, by examples."""

import json
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from claimcli.core import schema
from claimcli.core.problems import Span
from claimcli.dossier.reader import read_text
from claimcli.edit.fmt import document
from claimcli.edit.fmt import format as forms
from claimcli.edit.fmt.format import canonical_bytes, canonical_form
from claimcli.edit.fmt.key_order import KEYS
from claimcli.edit.fmt.styled_nodes import CannotFormatError
from claimcli.edit.init import MODELINE
from claimcli.syntax.edit.values import item_lines

ROOT = Path(__file__).parent.parent.parent.parent
BUNDLED = sorted(
    [*(ROOT / "data").rglob("*.yaml"), *(ROOT / "claimcli" / "samples").rglob("*.yaml")]
)


def claims(*records: str) -> str:
    """Return a file of claims, each on one line with party and statement."""
    return "claims:\n" + "".join(
        f"  - {{id: {r.split(',')[0]}, party: p, statement: s{r[r.index(',') :] if ',' in r else ''}}}\n"
        for r in records
    )


def ids(text: str) -> list[str]:
    return [line.split("id: ")[1].split(",")[0] for line in text.splitlines() if "id: " in line]


def test_keys_are_sorted_and_quotation_marks_are_used_only_if_needed() -> None:
    """Records and lists in brackets stay so if they fit on a line; quotations are always quoted."""
    text = """\
issues: [{question: 'Was it sound?', id: state}]
claims:
- statement: "The main was inspected."
  rebuttals:
  - {statement: 'No: it was not', kind: denies, party: residents}
  tags: [a,
    'b']
  source: {quote: found sound, id: press}
  odd: 'x'
  said: 2023-05-02
  id: sound
  party: waterworks
"""

    assert (
        canonical_form(text)
        == """\
issues:
  - {id: state, question: "Was it sound?"}

claims:
  - id: sound
    party: waterworks
    statement: The main was inspected.
    said: 2023-05-02
    source: {id: press, quote: "found sound"}
    tags: [a, b]
    rebuttals:
      - {party: residents, kind: denies, statement: "No: it was not"}
    odd: x
"""
    )


def test_long_texts_are_folded_and_long_flow_collections_become_blocks() -> None:
    """At 100 columns, except texts without spaces, and texts that folding would change."""
    long = "word " * 20 + "end"
    kept = "x" * 120
    text = f"""\
claims:
  - {{id: a, party: p, statement: {long}, source: {{id: s, quote: {long}, locator: {kept}}}}}
  - id: b
    party: p
    statement: "{long}  "
"""
    marked = "word " * 16 + "\\\n      " + "word " * 4 + "end  "
    folded = "word " * 17 + "word\n      word word end"
    deeper = "word " * 16 + "word\n        word word word end"

    assert (
        canonical_form(text)
        == f"""\
claims:
  - id: a
    party: p
    statement: >-
      {folded}
    source:
      id: s
      quote: >-
        {deeper}
      locator: {kept}

  - id: b
    party: p
    statement: "{marked}"
"""
    )


def test_texts_of_several_lines_keep_their_style() -> None:
    """Literal stays literal, and folded stays folded; a quoted one becomes a suitable block."""
    text = r"""claims:
  - id: a
    party: p
    statement: |
        Two
          lines.
    note: >
        One long
        line.

        Another.
    position: "yes\nno"
    speaker: " a\n\n"
"""

    assert (
        canonical_form(text)
        == r"""claims:
  - id: a
    party: p
    speaker: " a\n\n"
    statement: |
      Two
        lines.
    position: |-
      yes
      no
    note: >
      One long line.

      Another.
"""
    )


def test_a_text_that_cannot_be_a_block_is_broken_inside_quotation_marks() -> None:
    """At its line breaks and between words, so that lines are short."""
    isolated = "\u2068" + "words " * 20 + "end\u2069"
    text = f"""\
claims:
  - id: a
    note: |+  # kept
      First line, which is long enough that both together are more than what one line has room for.

      # Last.


    tags: ["{isolated}"]
    statement: "{isolated}"
"""
    shown, nested = "\\u2068" + "words " * 12, "\\u2068" + "words " * 14
    form = canonical_form(text)

    assert (
        form
        == f"""\
claims:
  - id: a
    statement: "{shown}\\
      words words words words words words words words end\\u2069"
    tags:
      - "{nested}\\
        words words words words words words end\\u2069"
    # kept
    note: "First line, which is long enough that both together are more than what one line has \\
      room for.\\n\\
      \\n\\
      # Last.\\n\\
      \\n\\
      \\n"
"""
    )
    assert yaml.safe_load(form) == yaml.safe_load(text)
    assert canonical_form(form) == form


def test_spaces_at_the_ends_of_broken_lines_are_kept() -> None:
    text = "a  b\\ c\n  indented \t tab\n\n" * 9 + "'\"# : \x07"
    form = canonical_form(json.dumps({"claims": [{"note": text}]}))

    assert yaml.safe_load(form) == {"claims": [{"note": text}]}
    assert max(map(len, form.splitlines())) <= 100
    assert canonical_form(form) == form


def test_comments_stay_with_their_node() -> None:
    """Above a record, above and next to a key, in brackets, after the last key, at both ends."""
    text = """\
# About the file.

# About claims.
claims: # beside claims
- # first
  party: p   # beside party
  # above id
  id: b
  statement: s
  tags: [ # of tags
    x, # beside x
    y ]
  # after the last key of b
# above c
- {id: c, party: p, statement: t}   # beside c
  # after the list

# about parties
parties:
  - id: p
# the end
"""

    assert (
        canonical_form(text)
        == """\
# About the file.

# about parties
parties:
  - id: p

# About claims.
claims:  # beside claims
  # first
  # above id
  - id: b
    party: p  # beside party
    statement: s
    tags:  # of tags
      - x  # beside x
      - y
    # after the last key of b

  # above c
  - {id: c, party: p, statement: t}  # beside c
  # after the list

# the end
"""
    )


def test_comments_for_editors_stay_on_the_first_line() -> None:
    """Even if a section moves to the top."""
    line = f"{MODELINE}schema.json\n"
    text = f"{line}# Ours.\nclaims: []\nissues: []\n"

    assert canonical_form(text) == f"{line}issues: []\n\n# Ours.\nclaims: []\n"
    assert canonical_form(f"{line}claims: []\n") == f"{line}claims: []\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["a, said: 2023", "b, said: 2022"], "b a"),
        (["a, said: 2022", "b, said: 2022", "c, said: 2022-01~"], "c a b"),
        (["u", "a, said: 2023", "v", "b, said: 2022", "w"], "u b w a v"),
        (["a, said: soon", "b, said: 2022"], "a b"),
        (["a, said: 2023", "a, said: 2022"], "a a"),
        (["a, said: 2023", "b, said: 2022", "a, said: 2021"], "a b a"),
    ],
    ids=["by time", "same time", "undated", "no date", "same id", "same id among others"],
)
def test_claims_are_sorted_by_date(written: list[str], expected: str) -> None:
    """Undated claims stay after the one before them; if an id occurs twice, nothing moves.

    Of two dates that begin at the same time the shorter one is first: a month before its year.
    """
    text = claims(*written)

    assert ids(canonical_form(text)) == expected.split()
    assert ids(canonical_form(text, keep_order=True)) == ids(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            """claims:
  - id: one
    party: p
    statement: s
    said: 2023
    rebuttals:
      - {id: c, party: q, statement: Nested.}
  - {party: p, id: c, statement: At the top., said: 2022}
""",
            "c",
        ),
        (
            """claims:
  - {id: a, party: p, statement: s, said: 2023, source: {id: press, title: Nested.}}
  - {party: p, id: b, statement: s, said: 2022, source: {id: press, title: Other.}}
""",
            "press",
        ),
        (
            """claims:
  - {party: p, id: a, statement: s, source: {id: press, title: Nested.}}
sources:
  - {id: press, title: At the top.}
""",
            "press",
        ),
    ],
    ids=["claims", "sources of claims", "sections"],
)
def test_the_first_record_of_an_id_stays_first(text: str, name: str) -> None:
    """The first of two records counts, so nothing moves if the other one would become the first."""
    form = canonical_form(text)
    apart = text[::-1].replace(name[::-1], "another"[::-1], 1)[::-1]

    assert contents(form) == contents(text)
    assert canonical_form(form) == form
    assert contents(canonical_form(apart)) == contents(text)[::-1]


def contents(text: str) -> list[str]:
    """Return the content of the two records, in the order of the text."""
    return re.findall(r"(?:Nested|At the top|Other)\.", text)


@pytest.mark.parametrize("begin", ["- # about b\n\n  id: b", "-\n  # about b\n\n  id: b"])
def test_a_comment_inside_a_record_does_not_separate_records(begin: str) -> None:
    text = f"claims:\n- {{id: c, said: 2023}}\n{begin}\n  said: 2022\n- {{id: a, said: 2021}}\n"

    assert canonical_form(text) == (
        "claims:\n  - {id: a, said: 2021}\n  # about b\n  - id: b\n    said: 2022\n"
        "  - {id: c, said: 2023}\n"
    )


def test_a_comment_followed_by_an_empty_line_separates_claims() -> None:
    """Claims are sorted between such comments, and never moved across one."""
    one = '  - {{id: {0}, party: p, statement: s, said: "{1}"}}\n'.format
    text = f"""\
claims:
  # Before the war.

{one("b", 2022)}  # With a.
{one("a", 2021)}
  # After it.

  # With d.
{one("d", 2020)}{one("c", 2019)}"""

    assert (
        canonical_form(text)
        == f"""\
claims:
  # Before the war.

  # With a.
{one("a", 2021)}{one("b", 2022)}
  # After it.

{one("c", 2019)}  # With d.
{one("d", 2020)}"""
    )


def test_nothing_is_sorted_in_a_document_with_anchors() -> None:
    """An anchor must be before its aliases. Everything else is formatted."""
    text = """\
claims:
- party: p
  id: z
  said: 2023
  statement: &words  'The main was sound.' # said twice
- statement: *words
  id: a
  party: p
  said: 2022
parties: &all [{name: P, id: p}]
---
claims:
- {party: p, id: x, statement: t, said: 2023}
"""

    assert (
        canonical_form(text)
        == """\
claims:
  - party: p
    id: z
    said: 2023
    statement: &words The main was sound.  # said twice

  - statement: *words
    id: a
    party: p
    said: 2022

parties: &all
  - {id: p, name: P}
---
claims:
  - {id: x, party: p, statement: t, said: 2023}
"""
    )


def test_records_of_more_than_three_lines_are_separated_by_empty_lines() -> None:
    """Not between short records, and not inside a record."""
    text = """\
issues:


- id: a

  question: A?
- id: b
  question: B?
  note: Long.
- id: c
  question: C?
  note: Longer.
  more: x
- id: d
"""

    assert (
        canonical_form(text)
        == """\
issues:
  - id: a
    question: A?
  - id: b
    question: B?
    note: Long.

  - id: c
    question: C?
    note: Longer.
    more: x

  - id: d
"""
    )


@pytest.mark.parametrize(
    "word", ["no", "2021-12-30", "1e3", "~", "0755", "12:40:00", "null", "=", "<<"]
)
def test_texts_that_other_readers_read_as_other_types_keep_their_style(word: str) -> None:
    """With or without quotation marks: claimcli reads text in both cases, others do not."""
    plain = f"claims:\n  - {{id: a, party: p, statement: {word}}}\n"
    marked = f'claims:\n  - {{id: a, party: p, statement: "{word}"}}\n'

    assert canonical_form(plain) == plain
    assert canonical_form(marked) == marked
    assert canonical_form(marked.replace('"', "'")) == marked


def test_bidirectional_characters_are_escaped() -> None:
    """They could make a text look different from its content."""
    text = "claims:\n  - {id: a, party: p, statement: left \u202eright}\n"

    assert 'statement: "left \\u202eright"' in canonical_form(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"claims: []", b"claims: []\n"),
        (b"", b""),
        (b"\n\n", b""),
        (b"# Nothing yet.  \n\n\n# More.", b"# Nothing yet.\n\n# More.\n"),
        (b"# a\r\nclaims:\r\n- id: x # b", b"# a\r\nclaims:\r\n  - id: x  # b\r\n"),
        (b"\xef\xbb\xbfclaims:\n- id: x\n", b"\xef\xbb\xbfclaims:\n  - id: x\n"),
        (b"--- # one\nclaims: []\n... # two\n# three\n---\n", b"---  # one\nclaims: []\n\n# two\n# three\n---\n"),
        (b"claims:\nparties: ~\n", b"parties: ~\n\nclaims:\n"),
        (b"{}", b"{}\n"),
    ],
)  # fmt: skip
def test_files_keep_their_line_ends_and_byte_order_mark(data: bytes, expected: bytes) -> None:
    """The first line end is used for all lines; a missing last one is added; empty files stay."""
    assert canonical_bytes(data) == expected
    assert canonical_bytes(expected) == expected


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("claims: [", (2, 1), "while parsing a flow node: did not find expected node content [yaml-syntax]"),
        ("claims:\n  - a: 1\n    a: 2\n", (3, 5), "the key 'a' appears twice"),
        ("claims:\n  - !!str a\n", (2, 5), "there is a tag"),
        ("claims:\n  - ? a\n    : b\n", (2, 5), "there is a key after '?'"),
        ("claims:\n  - &k a: b\n", (2, 5), "a key is not plain text"),
        ("claims:\n  - [a, [b]]: c\n", (2, 5), "a key is not plain text"),
        ("%YAML 1.1\n---\nclaims: []\n", (1, 1), "there is a directive"),
        ("- a\n", (1, 1), "the top level is not a plain mapping"),
        ("on: push\njobs: {}\n", (1, 1), "not a file of a dossier: it has none of the keys parties, sources, issues, events, claims"),
        ("claims: " + "[" * 120 + "]" * 120, (1, 108), "nested more than 100 deep"),
        ("%TAG ! x\n" * 200, (1, 1), "more than 100 directives"),
        ("\ufeff", (1, 1), "there is a second byte order mark"),
        ("claims: [*a]\n", (1, 10), "no anchor '&a'"),
    ],
)  # fmt: skip
def test_unsupported_files_are_not_formatted(text: str, at: tuple[int, int], reason: str) -> None:
    """Invalid YAML, and syntax whose meaning formatting could change, with its location."""
    with pytest.raises(CannotFormatError) as error:
        canonical_form(text)

    assert (error.value.span.line, error.value.span.column, error.value.reason) == (*at, reason)


@pytest.mark.parametrize("data", [b"claims: \xff", b"x" * (64 * 1024 * 1024 + 1)])
def test_bytes_that_are_not_text_are_not_formatted(data: bytes) -> None:
    with pytest.raises(CannotFormatError) as error:
        canonical_bytes(data)

    assert error.value.reason in ("the byte 0xff is not UTF-8", "the file is larger than 64 MiB")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [line for line in lines if "#" not in line],
        lambda lines: [*lines, "# more"],
        lambda lines: [line.replace("sound", "found") for line in lines],
        lambda lines: [line.replace('"no"', "no") for line in lines],
        lambda lines: lines[:-1],
        lambda lines: [*lines, "    note: x"],
        lambda lines: [f"{line} #" for line in lines],
    ],
)
def test_a_result_with_a_different_meaning_is_refused(
    monkeypatch: pytest.MonkeyPatch, spoil: Callable[[list[str]], list[str]]
) -> None:
    """A comment lost or added, another word, a text changed to a truth value, another key."""
    text = "claims:\n# c\n- id: a\n  party: p\n  statement: sound\n  position: 'no'\n"
    write = document.document_lines
    monkeypatch.setattr(
        forms, "document_lines", lambda *given, **more: spoil(write(*given, **more))
    )
    with pytest.raises(
        CannotFormatError, match="the formatted text would have a different meaning"
    ):
        canonical_form(text)


def test_a_text_that_cannot_be_read_back_is_not_formatted() -> None:
    """A key whose escapes would be longer than YAML allows for a key."""
    with pytest.raises(
        CannotFormatError, match="the formatted text would have a different meaning"
    ) as error:
        canonical_form('claims:\n- {id: a, "' + "\\N" * 400 + '": x}\n')

    assert error.value.span == Span("")


def test_aliases_of_aliases_are_too_deep() -> None:
    """However they are chained; the reader reports it too."""
    chains = (
        "claims:\n- &a0 {id: a0}\n" + "".join(
            f"- &a{n} {{id: a{n}, rebuttals: [*a{n - 1}]}}\n" for n in range(1, 1000)
        ),
        "claims: []\nx:\n- &a0 [x]\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 1000)),
        "claims: []\nx:\n- [&a0 [x], " + ", ".join(f"&a{n} [*a{n - 1}]" for n in range(1, 1000)) + "]",
    )  # fmt: skip
    for text in chains:
        with pytest.raises(CannotFormatError, match="nested more than 100 deep"):
            canonical_form(text)
        assert "too-deep" in {p.rule for reading in read_text(text) for p in reading.problems}


@pytest.mark.slow
def test_many_empty_lines_need_little_memory() -> None:
    tracemalloc.start()
    canonical_form("claims: []\n#x\n" + "\n" * 2_000_000 + "# c\n")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 50 * 2_000_000


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_the_bundled_dossiers_are_in_canonical_form(path: Path) -> None:
    data = path.read_bytes()

    assert canonical_bytes(data) == data


def test_every_field_has_a_place_in_the_order() -> None:
    """Each field of a record is in the table of key orders."""
    kinds = {**schema.ALL_KINDS, "claim": schema.RESPONSE}

    assert {name: kind.names for name, kind in kinds.items()} == {
        name: keys for name, keys in KEYS.items() if name != "top"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Sound.", "a: b", 'say "no"', "- x", "long " * 30 + "end", "no\nyes", "\ttab", "no", "on",
        "1:30", ".", "nULL", "tRUE", "._", "_._", "0O17", "=", "12", "\u2068" + "long " * 30, "a\n\n",
        " " + "long " * 30,
    ],
)  # fmt: skip
def test_an_added_record_is_in_canonical_form(text: str) -> None:
    """Formatting does not change a record written by 'add'."""
    record = {
        "id": "a", "party": "p", "statement": text, "said": "2023-05-02",
        "source": {"id": "s", "quote": text}, "note": text,
    }  # fmt: skip
    written = "\n".join(["claims:", *item_lines(record, 2), ""])

    assert canonical_form(written) == written


def test_a_text_that_ends_at_a_comment_is_not_put_in_quotation_marks() -> None:
    """The file stays as it is, with a reason, until the comment or the text is marked as such."""
    text = "claims:\n- id: a\n  party: p\n  statement: It was pump #2 that failed.\n"
    with pytest.raises(CannotFormatError) as error:
        canonical_bytes(text.encode())

    assert (error.value.span.line, error.value.span.column) == (4, 14)
    comment = "the comment '#2 that failed.' [comment-in-text]"
    assert str(error.value) == f"the text of 'statement' ends before {comment}"
    spaced = canonical_bytes(text.replace("#2", "# 2").encode()).decode()
    assert "    statement: It was pump  # 2 that failed.\n" in spaced


def test_a_text_keeps_quotation_marks_before_a_comment_that_could_be_a_part_of_it() -> None:
    """Or gets them if the comment was elsewhere; dates and ids need none."""
    text = (
        'parties:\n  - id: p\n    name: "P" #first\n    aliases:\n      - "Q" #second\n\n'
        "claims:\n  - id: a\n    party: p  #third\n    statement: #fourth\n      One.\n    said: 2021 #fifth\n"
    )
    assert canonical_bytes(text.encode()).decode() == (
        'parties:\n  - id: p\n    name: "P"  #first\n    aliases:\n      - "Q"  #second\n\n'
        'claims:\n  - id: a\n    party: p  #third\n    statement: "One."  #fourth\n    said: 2021  #fifth\n'
    )


def test_unusual_line_separators_are_characters_of_a_text() -> None:
    """U+0085, U+2028 and U+2029 end no line; they are written as escapes, which all readers know."""
    for character, escape in (("\x85", "0085"), ("\u2028", "2028"), ("\u2029", "2029")):
        text = (
            f"claims:\n  - {{id: a, party: p, statement: One.{character} Two.}}  # a{character}b\n"
        )
        expected = text.replace(f"One.{character} Two.", f'"One.\\u{escape} Two."')
        assert canonical_bytes(text.encode()).decode() == expected
