"""A file must be UTF-8.

Another encoding would change names and quotes. Save the file as UTF-8; an example in bytes that
are none cannot be shown here.
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
