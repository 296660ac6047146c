"""The page of problems in the data."""

from pathlib import Path

from tests.support.pages import page_of, seen, write


def test_each_problem_has_a_location_a_message_a_hint_and_a_rule(tmp_path: Path) -> None:
    """Errors are first; the folder of the dossier is not shown."""
    data = "claims:\n  - {id: a, party: city, statement: S, colour: red}\n"

    shown = seen(page_of(write(tmp_path, {"a.yaml": data}), "/problems"))

    assert shown[:4] == [
        "Problems",
        "What is wrong in the files of the dossier, where, and how to fix it.",
        "Quotes that are not in the texts of their sources are on the page Quotes.",
        "1 error",
    ]
    assert shown[4].startswith("a.yaml:2:")
    assert shown[5] == "no key 'colour' here"


def test_data_without_problems(tmp_path: Path) -> None:
    """The page says so."""
    data = "parties: [{id: city, name: City}]\n"

    assert seen(page_of(write(tmp_path, {"a.yaml": data}), "/problems"))[-1] == "No problems."
