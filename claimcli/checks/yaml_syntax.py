"""A file must be YAML.

What stands before the fault is still read, and so are later documents of the file.

Bad:

    claims: [{id: a

Good:

    claims:
      - id: a
        party: p
        statement: The bridge is safe.
        source: {title: Letter, published: 2023}
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
