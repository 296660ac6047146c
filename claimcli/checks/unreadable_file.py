"""A file must be one that can be read.

A file without permission, a pipe or a device is reported and passed over. Look at its permissions.
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
