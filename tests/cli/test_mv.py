"""The command ``mv``."""

from pathlib import Path

from tests.support.cli import claimcli


def test_a_record_is_renamed_in_all_files(tmp_path: Path) -> None:
    """Where else its id is, is said."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "claimcli.toml").write_text('[briefing]\ntitle = "What the mill says"\n')
    (data / "a.yaml").write_text("parties:\n  - {id: mill, note: The mill is old.}\n")
    (data / "b.yaml").write_text("claims:\n  - {id: clean, party: mill, statement: It is clean.}\n")

    patch = claimcli("mv", "mill", "works", "--dry-run", cwd=tmp_path)
    assert (
        patch.stdout
        == """\
--- a/data/a.yaml
+++ b/data/a.yaml
@@ -1,2 +1,2 @@
 parties:
-  - {id: mill, note: The mill is old.}
+  - {id: works, note: The mill is old.}
--- a/data/b.yaml
+++ b/data/b.yaml
@@ -1,2 +1,2 @@
 claims:
-  - {id: clean, party: mill, statement: It is clean.}
+  - {id: clean, party: works, statement: It is clean.}
"""
    )
    done = claimcli("mv", "party:mill", "works", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "works\n")
    assert done.stderr == (
        "note: 'mill' is also in the notes of party 'works', which are not changed\n"
        "note: 'mill' is also in claimcli.toml:2, which is not changed\n"
        "2 files: renamed 'mill' to 'works'\n"
    )
    assert "party: works" in (data / "b.yaml").read_text()
