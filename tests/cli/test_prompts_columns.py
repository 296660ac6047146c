"""Questions for the columns of a spreadsheet that are not recognised."""

import sys
from pathlib import Path

from tests.support.terminal import conversation


def test_fields_are_asked_for_on_a_terminal(tmp_path: Path) -> None:
    """An answer is checked at once; in the end the flags are shown that say the same."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "main.yaml").write_text("claims: []\n", encoding="utf-8")
    rows = "Claim,Who,Priority,Sorce,Outcome\nIt leaks.,Residents,high,Letter,False\n"
    (tmp_path / "log.csv").write_text(rows, encoding="utf-8")

    shown, code = conversation(
        f"{sys.executable} -m claimcli import csv log.csv",
        [
            ("Priority (enter to leave it out)", "\n"),
            ("Sorce (enter to leave it out)", "sorce\n"),
            ("Sorce (enter to leave it out)", "source\n"),
            ("Outcome (enter to leave it out)", "verdict by Full Fact\n"),
        ],
        cwd=tmp_path,
        columns=80,
    )

    assert code == 0
    assert "no field 'sorce'; did you mean 'source'?" in shown
    assert "--map Priority= --map Sorce=source --map 'Outcome=verdict by Full Fact'" in " ".join(
        shown.split()
    )
    written = (tmp_path / "data" / "log.yaml").read_text(encoding="utf-8")
    assert 'statement: "False"' in written
    assert "title: Letter" in written
