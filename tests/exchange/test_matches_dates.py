"""A claim whose date was corrected in the imported file."""

from pathlib import Path

from tests.support.cli import claimcli


def test_a_claim_that_differs_in_its_date_alone_is_noted(tmp_path: Path) -> None:
    """Without an id it is a new claim, since a party may say the same twice; the note says so."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "empty.yaml").write_text("claims: []\n")
    log = tmp_path / "log.csv"
    rows = (
        "party,statement,said\nMill,The river is clean.,2021-05-05\nMill,It is cold.,2021-05-05\n"
    )
    log.write_text(rows)
    first = claimcli("import", "csv", "log.csv", cwd=tmp_path)
    log.write_text(rows.replace("05\n", "06\n", 1))
    second = claimcli("import", "csv", "log.csv", cwd=tmp_path)
    third = claimcli("import", "csv", "log.csv", cwd=tmp_path)

    note = (
        "note: log.csv:R2C3: claim 'river-clean-2' differs from 'river-clean' on file in its date "
        "alone; if it is the same claim, 'claimcli undo' and correct 'river-clean'\n"
    )
    assert (first.returncode, note in second.stderr) == (0, True)
    assert "note: " not in first.stderr + third.stderr
