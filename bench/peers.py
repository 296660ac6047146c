"""Alternative tools on the same records.

``recsel`` (GNU recutils) reads them as a rec file, ``hledger`` as a journal with one transaction
per claim, ``yq`` and ``grep`` read the YAML files. Each tool reads everything for each query, so
two queries are enough: the claims of one party, and the claims with a word.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generate import OTHER, PARTY, RARE, Claim, stories

Command = list[str]


def write_files(folder: Path, claims: int, per_file: int) -> None:
    """Write the records as ``claims.rec`` and ``claims.journal``."""
    rec, journal = Path(folder, "claims.rec"), Path(folder, "claims.journal")
    with rec.open("w", encoding="utf-8") as recs, journal.open("w", encoding="utf-8") as entries:
        recs.write("%rec: Claim\n\n")
        for story in stories(claims, per_file):
            for claim in _each(story.claims):
                recs.write(_rec(claim))
                entries.write(_transaction(claim))


def _each(claims: Iterable[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        yield from _each(claim.answers)


def _rec(claim: Claim) -> str:
    names = ("id", "party", "speaker", "statement", "said", "issue", "position", "source", "quote")
    lines = [f"{name}: {getattr(claim, name)}\n" for name in names if getattr(claim, name)]
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
