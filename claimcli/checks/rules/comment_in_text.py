"""A text does not end at a ``#`` that was meant as a part of it.

YAML begins a comment at each ``#`` after a space, so of ``We never said #1 was safe`` only ``We
never said`` is read. A ``#`` directly before a letter or a digit is reported; a comment with a
space after its ``#`` is not. ``verify`` warns about such a quote, and ``fmt`` does not change its
file.

Bad:

    claims:
      - id: first-pump
        party: waterworks
        statement: We never said #1 was safe.

Good:

    claims:
      - id: first-pump
        party: waterworks
        statement: "We never said #1 was safe."  # in the second minute
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.WARNING
