"""A data file stays within what a person would write.

A file over 64 MiB, one record of more than a million nodes, or aliases that stand for as many, is
a mistake or an attack on the reader's memory. Split the file; write aliases out.

No example can be shown: it would be too large.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
