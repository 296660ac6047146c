"""The command ``rm``."""

from pathlib import Path

import pytest

from tests.support.cli import claimcli

TEXT = """\
parties:
  - {id: mill}
claims:
  - {id: clean, party: mill, statement: It is clean.}
  - {id: fair, party: town, statement: It is fair., restates: clean}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a dossier in ``data``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text(TEXT)
    return tmp_path


def test_references_are_listed_before_the_error(desk: Path) -> None:
    """Nothing is written."""
    result = claimcli("rm", "clean", cwd=desk)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "data/a.yaml:5:63: claim 'fair' refers to claim 'clean' in 'restates'\n"
        "error: 1 place refers to claim 'clean'; "
        "remove those records too, or the references with --unlink\n"
    )
    assert (desk / "data" / "a.yaml").read_text() == TEXT


def test_records_are_removed_and_their_ids_printed(desk: Path) -> None:
    result = claimcli("rm", "claim:clean", "fair", cwd=desk)

    assert (result.returncode, result.stdout) == (0, "clean\nfair\n")
    assert result.stderr == "data/a.yaml: removed 'clean', 'fair'\n"
    assert (desk / "data" / "a.yaml").read_text() == "parties:\n  - {id: mill}\n"


def test_a_dry_run_prints_the_patch(desk: Path) -> None:
    result = claimcli("rm", "clean", "--unlink", "--dry-run", cwd=desk)

    assert (
        result.stdout
        == """\
--- a/data/a.yaml
+++ b/data/a.yaml
@@ -1,5 +1,4 @@
 parties:
   - {id: mill}
 claims:
-  - {id: clean, party: mill, statement: It is clean.}
-  - {id: fair, party: town, statement: It is fair., restates: clean}
+  - {id: fair, party: town, statement: It is fair.}
"""
    )
    assert result.stderr == (
        "note: unlinked data/a.yaml:5:63: claim 'fair' refers to claim 'clean' in 'restates'\n"
        "nothing was written\n"
    )
    assert (desk / "data" / "a.yaml").read_text() == TEXT


def test_a_sample_is_not_changed() -> None:
    result = claimcli("--sample", "call", "rm", "grave-error")

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "error: a sample cannot be changed; name a folder with --data\n"
