"""The tables of the index, as SQL; ``claimcli sql`` reads them.

Tables whose names begin with ``_`` and the columns ``sort``, ``*_check`` (a checksum) and ``*_utc``
are internal and may change. The others are documented here and change only with :data:`VERSION`.

``*_from`` and ``*_to`` are the first and last moment that a date can mean, as
``2021-12-30T00:00:00``, in the time zone in which it is written; ``*_utc`` are both in UTC, joined
by ``/``, if the date has an offset.
"""

import sqlite3
import zlib

from claimcli.core.schema import CLAIM, EVENT, ISSUE, PARTY, QUOTING, SOURCE, FieldType, RecordKind

VERSION = 20
"""Increased with every change of what the tables contain; see also :data:`STAMP`."""

APPLICATION_ID = 0x636C6D69
"""Identifies a SQLite file as an index of this program (SQLite file format, section 1.3)."""


def _columns(kind: RecordKind, *, key: str = "id TEXT PRIMARY KEY", partial: bool = False) -> str:
    """Return the columns of the fields with one value: texts first, then flags, then dates.

    ``partial``: the table also has rows of records that are only mentioned, with an id alone.
    """
    columns = [key]
    for field in kind.fields:
        if field.is_text and field.name != "id":
            columns.append(f"{field.name} TEXT" + " NOT NULL" * (field.required and not partial))
    flags = (field.name for field in kind.fields if field.type is FieldType.FLAG)
    columns += [f"{name} INTEGER NOT NULL DEFAULT 0" for name in flags]
    for field in kind.fields:
        if field.type is FieldType.DATE:
            columns.append(f"{field.name} TEXT")
            if field.bounds:
                columns += [f"{field.name}_{end}" for end in ("from TEXT", "to TEXT", "utc TEXT")]
    return ",\n    ".join(columns)


TABLES = f"""
-- The YAML files of the dossier. path: relative to the root,
-- unread: number of records that could not be read.
CREATE TABLE files (
    file INTEGER PRIMARY KEY, root INTEGER NOT NULL, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (root, path)
);
-- Who makes claims. registered: 0 if a party is mentioned but has no record.
-- tree: the topmost party that it is part of, or itself.
CREATE TABLE parties (
    {_columns(PARTY, partial=True)},
    registered INTEGER NOT NULL, file INTEGER, line INTEGER, tree TEXT
);
-- Other names of parties, and the people who speak for them.
CREATE TABLE party_aliases (party TEXT NOT NULL, alias TEXT NOT NULL);
CREATE TABLE party_speakers (party TEXT NOT NULL, speaker TEXT NOT NULL);
-- Documents that claims cite.
CREATE TABLE sources (
    {_columns(SOURCE)},
    file INTEGER NOT NULL, line INTEGER NOT NULL
);
-- Which source is derived from which.
CREATE TABLE origins (source TEXT NOT NULL, origin TEXT NOT NULL);
-- Questions in dispute. registered: 0 if an issue is mentioned but has
-- no record.
CREATE TABLE issues (
    {_columns(ISSUE, partial=True)},
    registered INTEGER NOT NULL,
    file INTEGER, line INTEGER
);
-- The positions that an issue allows, and which of them do not exclude each
-- other. The keys are as in claims.position_key.
CREATE TABLE issue_positions (
    issue TEXT NOT NULL, position TEXT NOT NULL, position_key TEXT NOT NULL
);
CREATE TABLE compatible_positions (
    issue TEXT NOT NULL, position TEXT NOT NULL, other TEXT NOT NULL,
    position_key TEXT NOT NULL, other_key TEXT NOT NULL
);
-- Events that claims are about.
CREATE TABLE events (
    {_columns(EVENT)},
    file INTEGER NOT NULL, line INTEGER NOT NULL
);
-- Claims, including nested answers. party: the first party,
-- parties: all parties, separated by spaces,
-- issue: its own, or that of the claim it answers or restates,
-- answered: 1 if a party outside the tree has an answer on file,
-- made_by: without a date in 'said', the earliest publication date of its
-- sources, as 'by 2021-12-31'. when_from, when_to: the first and last moment
-- when it can have been made; dated_by: 'said', or 'published' if only the
-- last moment is known,
-- position_key: the position in the form in which positions are compared,
-- internal: 1 if it is marked so, 2 if only its sources or the claim that
-- contains it are.
CREATE TABLE claims (
    {_columns(CLAIM, key="claim INTEGER PRIMARY KEY, id TEXT NOT NULL")},
    party TEXT NOT NULL, parties TEXT NOT NULL, position_key TEXT,
    reports_party TEXT, reports_speaker TEXT, superseded_by TEXT,
    status TEXT NOT NULL, answered INTEGER NOT NULL,
    file INTEGER NOT NULL, line INTEGER NOT NULL,
    made_by TEXT, made_by_to TEXT, made_by_utc TEXT,
    when_from TEXT AS (said_from) VIRTUAL,
    when_to TEXT AS (coalesce(said_to, made_by_to)) VIRTUAL,
    when_utc TEXT AS (iif(said IS NULL, made_by_utc, said_utc)) VIRTUAL,
    dated_by TEXT AS (iif(said IS NOT NULL, 'said',
        iif(made_by IS NOT NULL, 'published', NULL))) VIRTUAL,
    statement_check INTEGER NOT NULL, sort TEXT NOT NULL
);
-- The parties of each claim: one row for each party of a joint statement.
CREATE TABLE claim_parties (
    party TEXT NOT NULL, sort TEXT NOT NULL, id TEXT NOT NULL,
    claim INTEGER NOT NULL, PRIMARY KEY (party, sort, id)
) WITHOUT ROWID;
CREATE TABLE claim_tags (
    tag TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (tag, claim)
) WITHOUT ROWID;
-- Sources cited by claims, with quotes. number: 0 for a claim's first
-- citation.
CREATE TABLE citations (
    claim INTEGER NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL,
    {", ".join(f"{field.name} TEXT" for field in QUOTING)},
    PRIMARY KEY (claim, number)
) WITHOUT ROWID;
-- Which claim responds to which. target: the id of the other claim,
-- kind: how it responds, for example 'denies', nested: 1 if it is written in
-- the claim that it answers.
CREATE TABLE responses (
    claim INTEGER NOT NULL, number INTEGER NOT NULL, target TEXT NOT NULL,
    kind TEXT NOT NULL, nested INTEGER NOT NULL, PRIMARY KEY (claim, number)
) WITHOUT ROWID;
-- Requests for comment on claims: who was asked, on which day, and the day on
-- which the answer is due.
CREATE TABLE requests (
    claim INTEGER NOT NULL, number INTEGER NOT NULL, party TEXT NOT NULL,
    asked_on TEXT NOT NULL, due TEXT, due_to TEXT, asker TEXT, note TEXT,
    PRIMARY KEY (claim, number)
) WITHOUT ROWID;
-- The requests for comment with their state: 'answered' or 'declined' by the
-- party that was asked or a member of it, else 'open'.
CREATE VIEW replies AS SELECT
    q.*, (
        SELECT CASE max(r.kind <> 'declines')
            WHEN 1 THEN 'answered' WHEN 0 THEN 'declined' ELSE 'open' END
        FROM claims c CROSS JOIN responses r ON r.target = c.id
        CROSS JOIN claims s ON s.claim = r.claim
        WHERE c.claim = q.claim AND EXISTS (
            WITH RECURSIVE below (id) AS (
                SELECT q.party
                UNION SELECT p.id FROM below
                JOIN parties p ON p.part_of = below.id
            ) SELECT 1 FROM below JOIN claim_parties p
            ON p.party = below.id AND p.sort = s.sort AND p.id = s.id
        )
    ) AS state FROM requests q;
-- Errors and warnings found while reading the files.
-- kind, name: the kind and id of a record that is unknown or used twice,
-- unread_from, unread_to: the lines that are not read because of it; to 0: to
-- the end of the file.
CREATE TABLE problems (
    problem INTEGER PRIMARY KEY, file INTEGER NOT NULL, rule TEXT NOT NULL,
    severity TEXT NOT NULL, message TEXT NOT NULL, help TEXT NOT NULL,
    line INTEGER NOT NULL, "column" INTEGER NOT NULL,
    end_line INTEGER NOT NULL, end_column INTEGER NOT NULL,
    kind TEXT, name TEXT, unread_from INTEGER, unread_to INTEGER,
    related BLOB, fix BLOB
);
-- The texts of claims. A character that is unused in ordinary text separates
-- several quotes or speakers.
CREATE VIEW texts AS SELECT
    claim, statement,
    (SELECT group_concat(quote, ' \ue000 ') FROM citations
     WHERE citations.claim = claims.claim AND quote IS NOT NULL) AS quote,
    CASE WHEN speaker IS NULL OR reports_speaker IS NULL
         THEN coalesce(speaker, reports_speaker)
         ELSE speaker || ' \ue000 ' || reports_speaker END AS speaker,
    note FROM claims;
-- Full-text search over these texts:
-- claims.claim IN (SELECT rowid FROM words WHERE words MATCH '...').
CREATE VIRTUAL TABLE words USING fts5(
    statement, quote, speaker, note, content = 'texts', content_rowid = 'claim',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE _state (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE _claims (
    claim INTEGER PRIMARY KEY, record BLOB NOT NULL, inherits TEXT, root TEXT
);
CREATE TABLE _registry (
    kind TEXT NOT NULL, id TEXT NOT NULL, file INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE TABLE _names (name TEXT NOT NULL, party TEXT NOT NULL, PRIMARY KEY (name, party)
) WITHOUT ROWID;
CREATE TABLE _doubles (kind TEXT NOT NULL, id TEXT NOT NULL, file INTEGER NOT NULL);
CREATE UNIQUE INDEX claims_by_id ON claims (id);
"""

INDEXES = """
CREATE INDEX claims_in_order ON claims (sort, id);
CREATE INDEX claims_by_issue ON claims (issue, sort, id) WHERE issue IS NOT NULL;
CREATE INDEX claims_by_position ON claims (position_key) WHERE position_key IS NOT NULL;
CREATE INDEX claims_by_speaker ON claims (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX claims_by_reported ON claims (reports_speaker) WHERE reports_speaker IS NOT NULL;
CREATE INDEX claims_relaying ON claims (reports_party) WHERE reports_party IS NOT NULL;
CREATE INDEX claims_by_event ON claims (event) WHERE event IS NOT NULL;
CREATE INDEX claims_inheriting ON _claims (inherits) WHERE inherits IS NOT NULL;
CREATE INDEX claims_rooted ON _claims (root) WHERE root IS NOT NULL;
CREATE INDEX claims_restating ON claims (restates) WHERE restates IS NOT NULL;
CREATE INDEX claims_superseding ON claims (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX claims_by_status ON claims (status, sort, id);
CREATE INDEX claims_internal ON claims (internal) WHERE internal > 0;
CREATE INDEX sources_internal ON sources (internal) WHERE internal > 0;
CREATE INDEX citations_by_source ON citations (source);
CREATE INDEX parties_by_parent ON parties (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX responses_by_target ON responses (target);
CREATE INDEX origins_by_source ON origins (source);
CREATE INDEX origins_by_origin ON origins (origin);
CREATE INDEX sources_by_file ON sources (file);
CREATE INDEX positions_by_issue ON issue_positions (issue);
CREATE INDEX compatible_by_issue ON compatible_positions (issue);
CREATE INDEX issues_by_file ON issues (file);
CREATE INDEX tags_by_claim ON claim_tags (claim);
CREATE INDEX files_with_gaps ON files (unread) WHERE unread > 0;
CREATE INDEX problems_by_severity ON problems (severity);
CREATE INDEX problems_by_file ON problems (file);
"""


STAMP = zlib.crc32(f"{VERSION}{TABLES}{INDEXES}".encode()) & 0x7FFFFFFF
"""Marks an index as made for these tables: others are rebuilt."""


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run statements that each end with ``;`` and a line break, within the transaction."""
    for statement in script.split(";\n"):
        db.execute(statement)


def documentation() -> str:
    """Return the SQL of the documented tables, with its comments."""
    public, _, _ = TABLES.partition("CREATE TABLE _")
    return public.strip().replace("\ue000", "...") + "\n"
