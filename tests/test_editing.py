"""Fields set in YAML text: what else changes is refused, whatever the library for it does."""

import pytest

from claimcli import editing
from claimcli.editing import with_source_fields
from claimcli.problems import ClaimcliError

pytest.importorskip("yaml_edit", reason="an extra that is not installed")

TEXT = """\
# Mine.
sources:
  - {id: a, title: A}   # first
  - id: b
    title: 'B: yes'

    accessed: 2020   # long ago
"""


def test_one_field_is_put_in_and_one_is_exchanged() -> None:
    assert with_source_fields(TEXT, "b", {"text": "t.txt", "accessed": "2023-05-02"}) == (
        TEXT.replace("2020   #", "2023-05-02   #") + "    text: t.txt\n"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("# Mine.\n", ""),
        lambda text: text.replace("'B: yes'", '"B: yes"'),
        lambda text: text.replace("title: A", "title: Another"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text + "# more\n",
        lambda text: text.replace("t.txt", "u.txt"),
    ],
)
def test_a_change_that_does_more_is_refused(monkeypatch: pytest.MonkeyPatch, spoil) -> None:
    """A comment lost or put in, quoting, another record, a blank line, another value."""
    edit = editing._edited
    monkeypatch.setattr(editing, "_edited", lambda *given: spoil(edit(*given)))
    with pytest.raises(ClaimcliError) as error:
        with_source_fields(TEXT, "b", {"text": "t.txt"})

    assert error.value.message == "source 'b' cannot be changed without more"
    assert error.value.hint == "write it by hand"
