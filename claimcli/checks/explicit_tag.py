"""A value must not carry a YAML tag.

Every value is text until its field gives it a type, so that nobody's words are changed and nothing
is ever built from a tag.

Bad:

    claims:
      - id: a
        party: p
        statement: !!str The bridge is safe.

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
