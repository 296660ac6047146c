"""The search of a static site: the size of its data, and the time of queries in node.

    python bench/site_search.py [--claims 15000] [--runs 20]

The floor is a scan of all statements for a text, without a query language.
"""

import argparse
import gzip
import json
import subprocess
import tempfile
from pathlib import Path

from generate import write

from claimcli.dossier.open import open_dossier
from claimcli.web.asset_files import ASSETS
from claimcli.web.links import ServerLinks
from claimcli.web.reader import SiteInfo, WholeReader
from claimcli.web.routes import PATHS
from claimcli.web.site.search_data import search_data

QUERIES = ("river", "riv*", "status:contested", "said:2021", "-has:answer issue:i*")
TIMED = """
const { readFileSync } = require("fs"), { runInThisContext } = require("vm");
const [runs, ...queries] = JSON.parse(readFileSync(0, "utf8"));
for (const path of ["query.js", "claims.js"]) runInThisContext(readFileSync(path, "utf8"));
const { find } = runInThisContext("claimcliQuery(claimcliData)");
const statements = runInThisContext("claimcliData.statements");
const median = (work) => {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[runs >> 1];
};
const floor = median(() => statements.filter((text) => text.toLowerCase().includes("river")));
console.log(JSON.stringify([floor, ...queries.map((query) => median(() => find(query)))]));
"""


def main() -> None:
    """Print sizes in KiB, and the time of each query next to the floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--claims", type=int, default=15_000)
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "data", given.claims, 500)
        reader = WholeReader(open_dossier([folder / "data"]), SiteInfo(title="Benchmark"))
        files = {script: ASSETS[script](reader) for script in ("query.js", "search.js")}
        files["claims.js"] = search_data(reader, ServerLinks(PATHS))
        for file, content in files.items():
            (folder / file).write_bytes(content)
            packed = len(gzip.compress(content))
            print(f"{file:10} {len(content) / 1024:8,.1f} KiB  {packed / 1024:8,.1f} KiB gzipped")
        asked = json.dumps([given.runs, *QUERIES]).encode()
        done = subprocess.run(
            ["node", "-e", TIMED], input=asked, stdout=subprocess.PIPE, cwd=folder, check=True
        )
    floor, *times = json.loads(done.stdout)
    print(f"{'scan of the statements':24} {floor:6.1f} ms")
    for query, time in zip(QUERIES, times, strict=True):
        print(f"{query:24} {time:6.1f} ms  {time / floor:5.1f} x")


if __name__ == "__main__":
    main()
