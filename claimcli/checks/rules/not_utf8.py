"""A data file is UTF-8.

In any other encoding names and quotes would come out as other letters, and nobody would notice.
Save the file as UTF-8; a byte order mark at its start does no harm.

No example can be shown: this text is UTF-8 itself.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
