"""Claims that are internal because of their sources, or of the claim in which they are nested."""

import sqlite3

from claimcli.dossier.index.tables import run_script

_INTERNAL = """
-- 'internal > 0' is what makes SQLite use the partial index.
UPDATE claims SET internal = 0 WHERE internal > 0 AND internal = 2;
WITH RECURSIVE below (claim, id) AS (
    SELECT claim, id FROM claims WHERE internal > 0
    UNION SELECT c.claim, c.id FROM sources s CROSS JOIN citations q ON q.source = s.id
    CROSS JOIN claims c USING (claim)
    WHERE s.internal > 0 AND NOT EXISTS (
        SELECT 1 FROM citations o LEFT JOIN sources t ON t.id = o.source
        WHERE o.claim = c.claim AND t.internal IS NOT 1
    )
    UNION SELECT c.claim, c.id FROM below CROSS JOIN responses r ON r.target = below.id
    CROSS JOIN claims c ON c.claim = r.claim WHERE r.nested
) UPDATE claims SET internal = 2 WHERE internal = 0 AND claim IN (SELECT claim FROM below);
"""


def derive_internal(db: sqlite3.Connection) -> None:
    """Set ``claims.internal`` of claims with only internal sources, and of answers nested in them.

    Takes time in proportion to the number of internal records.
    """
    run_script(db, _INTERNAL)
