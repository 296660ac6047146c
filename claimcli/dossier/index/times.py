"""When each claim without ``said`` was made: no later than its sources were published.

The sources can be in other files. The sorting key of the claim, which ``claim_parties`` repeats,
follows from it.
"""

import sqlite3
from itertools import groupby

from claimcli.core.dates import no_later_than, parse_date
from claimcli.dossier.index.rows import moments, sort_text

_SOME = (
    "(SELECT c.claim FROM changed CROSS JOIN claims c"
    " ON c.claim BETWEEN changed.first AND changed.last"
    " UNION SELECT q.claim FROM touched_sources t CROSS JOIN citations q ON q.source = t.id) o"
    " CROSS JOIN claims c USING (claim)"
)


def derive_times(db: sqlite3.Connection, *, every: bool) -> None:
    """Update the times of all claims without ``said``, or of those whose sources changed.

    These claims, and those that they supersede, are added to the table ``touched``.
    """
    rows = db.execute(
        "SELECT c.claim, c.id, c.parties, c.supersedes, c.made_by, c.made_by_utc, c.sort,"
        f" s.published FROM {'claims c' if every else _SOME}"
        " LEFT JOIN citations q ON q.claim = c.claim LEFT JOIN sources s ON s.id = q.source"
        " WHERE c.said IS NULL AND (s.published IS NOT NULL OR c.made_by IS NOT NULL)"
        " ORDER BY c.claim"
    ).fetchall()
    times: list[tuple[object, ...]] = []
    orders: list[tuple[str, str, str, str]] = []
    affected: list[str] = []
    for (key, name, parties, target, *old), cited in groupby(rows, key=lambda row: row[:-1]):
        time = no_later_than(parse_date(row[-1]) for row in cited if row[-1])
        text, _, last, utc = moments(time)
        sort = sort_text(time)
        if old != [text, utc, sort]:
            times.append((text, last, utc, sort, key))
            orders += [(sort, party, old[-1], name) for party in dict.fromkeys(parties.split())]
            affected += [one for one in (name, target) if one]
    db.executemany(
        "UPDATE claims SET made_by = ?, made_by_to = ?, made_by_utc = ?, sort = ? WHERE claim = ?",
        times,
    )
    db.executemany(
        "UPDATE claim_parties SET sort = ? WHERE party = ? AND sort = ? AND id = ?", orders
    )
    if not every:
        db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [(one,) for one in affected])
