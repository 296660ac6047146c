"""Time of `claimcli fmt --check`, compared with parsing the same file.

    python bench/fmt.py [--runs 5]

Formats two files of generated claims in canonical form, one ten times as large as the other,
without writing. Prints the median wall time of whole processes in alternating runs, the ratio to
parsing the file with the C parser of PyYAML, which is the lower bound, and the growth: time per
claim of the larger file divided by that of the smaller one. Run it with the Python of an
environment in which claimcli is installed.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from measure import medians

TOOL = str(Path(sys.executable).with_name("claimcli"))
SIZES = (2_000, 20_000)
PARSE = """
import sys, yaml
with open(sys.argv[1], "rb") as file:
    for event in yaml.parse(file, yaml.CSafeLoader):
        pass
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    each = []
    with tempfile.TemporaryDirectory() as folder:
        for claims in SIZES:
            file = dossier(Path(folder, str(claims)), claims)
            times = medians(
                {
                    "parse": [sys.executable, "-c", PARSE, str(file)],
                    "fmt --check": [TOOL, "fmt", "--check", str(file)],
                },
                runs=given.runs,
                patience=60,
            )
            taken = times["fmt --check"]
            each.append(taken / claims)
            size = file.stat().st_size / 1e6
            print(
                f"{claims:6} claims, {size:4.1f} MB: fmt --check {taken:6.2f} s, "
                f"{taken / times['parse']:.1f} x the bare parse"
            )
    print(f"growth per claim: {each[1] / each[0]:.2f}")


def dossier(folder: Path, claims: int) -> Path:
    """Write a dossier into one file, in its canonical form; return the file."""
    generate.write(folder, claims, claims)
    (file,) = folder.rglob("0*.yaml")
    subprocess.run([TOOL, "fmt", str(file)], check=True, stderr=subprocess.DEVNULL)
    return file


if __name__ == "__main__":
    main()
