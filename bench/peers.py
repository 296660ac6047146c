"""Alternative tools on the same records.

``sqlite-utils`` has them in a database with an index on the party and a full-text index.
``recsel`` (GNU recutils) reads them as a rec file, ``hledger`` as a journal with one transaction
per claim, ``yq`` and ``grep`` read the YAML files: these read everything for each query, so
two queries are enough: the claims of one party, and the claims with a word.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from generate import OTHER, PARTY, RARE, Claim, stories

Command = list[str]
_FIELDS = ("id", "party", "speaker", "statement", "said", "issue", "position", "source", "quote")


def write_files(folder: Path, claims: int, per_file: int) -> None:
    """Write the records as ``claims.rec`` and ``claims.journal``, and ``claims.db``."""
    rec, journal = Path(folder, "claims.rec"), Path(folder, "claims.journal")
    with rec.open("w", encoding="utf-8") as recs, journal.open("w", encoding="utf-8") as entries:
        recs.write("%rec: Claim\n\n")
        for story in stories(claims, per_file):
            for claim in _each(story.claims):
                recs.write(_rec(claim))
                entries.write(_transaction(claim))
    if shutil.which(SQLITE_UTILS):
        _write_database(folder, claims, per_file)


SQLITE_UTILS = shutil.which("sqlite-utils", path=str(Path(sys.executable).parent)) or "sqlite-utils"


def _write_database(folder: Path, claims: int, per_file: int) -> None:
    """Write the claims as the documentation of sqlite-utils says: a table, indexes, full text."""
    lines, database = Path(folder, "claims.jsonl"), _database(folder)
    with lines.open("w", encoding="utf-8") as file:
        for story in stories(claims, per_file):
            for claim in _each(story.claims):
                record = {name: getattr(claim, name) for name in _FIELDS}
                file.write(json.dumps(record | {"said": str(claim.said)}) + "\n")
    for arguments in (
        ["insert", database, "claims", str(lines), "--nl", "--pk", "id"],
        ["create-index", database, "claims", "party", "said"],
        ["enable-fts", database, "claims", "statement", "quote", "speaker"],
    ):
        subprocess.run([SQLITE_UTILS, *arguments], check=True, stdout=subprocess.DEVNULL)


def _database(folder: Path) -> str:
    return str(Path(folder, "claims.db"))


def _sqlite_utils(folder: Path, condition: str) -> Command:
    query = f"SELECT {', '.join(_FIELDS)} FROM claims WHERE {condition} ORDER BY said"
    return [SQLITE_UTILS, "query", _database(folder), query, "--csv"]


def _each(claims: Iterable[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        yield from _each(claim.answers)


def _rec(claim: Claim) -> str:
    lines = [f"{name}: {getattr(claim, name)}\n" for name in _FIELDS if getattr(claim, name)]
    return "".join(lines) + "\n"


def _transaction(claim: Claim) -> str:
    about = f"  ; speaker: {claim.speaker}, issue: {claim.issue}, quote: {claim.quote}"
    return (
        f"{claim.said} ({claim.id}) {claim.statement}{about}\n"
        f"    party:{claim.party}  1\n    source:{claim.source}  -1\n\n"
    )


def of_a_party(folder: Path, data: Path) -> dict[str, Command]:
    """Return the commands that print the claims of one party."""
    return _installed(
        {
            "sqlite-utils": _sqlite_utils(folder, f"party = '{PARTY}'"),
            "recsel": ["recsel", "-e", f"party = '{PARTY}'", str(Path(folder, "claims.rec"))],
            "hledger": [*_hledger(folder), "print", f"acct:{PARTY}"],
            "yq": _yq(data, f'..|objects|select(.party=="{PARTY}")'),
            "grep -r": ["grep", "-rh", f"party: {PARTY}", str(data)],
        }
    )


def of_two_parties(folder: Path, data: Path) -> dict[str, Command]:
    """Return the commands that print the claims of two parties."""
    either = f"party = '{PARTY}' || party = '{OTHER}'"
    return _installed(
        {
            "sqlite-utils": _sqlite_utils(folder, f"party IN ('{PARTY}', '{OTHER}')"),
            "recsel": ["recsel", "-e", either, str(Path(folder, "claims.rec"))],
            "hledger": [*_hledger(folder), "reg", f"acct:{PARTY}", f"acct:{OTHER}"],
            "yq": _yq(data, f'..|objects|select(.party=="{PARTY}" or .party=="{OTHER}")'),
            "grep -r": ["grep", "-rhE", f"party: ({PARTY}|{OTHER})", str(data)],
        }
    )


def of_a_word(folder: Path, data: Path) -> dict[str, Command]:
    """Return the commands that print the claims that contain a word."""
    return _installed(
        {
            "sqlite-utils": [SQLITE_UTILS, "search", _database(folder), "claims", RARE, "--csv"],
            "recsel": ["recsel", "-q", RARE, str(Path(folder, "claims.rec"))],
            "hledger": [*_hledger(folder), "print", f"desc:{RARE}"],
            "yq": _yq(data, f'..|objects|select(.statement|strings|contains("{RARE}"))'),
            "grep -r": ["grep", "-rhi", RARE, str(data)],
        }
    )


def _hledger(folder: Path) -> Command:
    return ["hledger", "-f", str(Path(folder, "claims.journal"))]


def _yq(data: Path, program: str) -> Command:
    return ["yq", "-c", program, *(str(path) for path in sorted(data.rglob("*.yaml")))]


def _installed(commands: dict[str, Command]) -> dict[str, Command]:
    return {name: command for name, command in commands.items() if shutil.which(command[0])}
