"""A data file is an ordinary file that may be read.

What the system keeps back (no permission, a broken link, a device, a folder that cannot be
entered) would be missing from every account without a trace.

No example can be shown: it is not the text of the file that is at fault.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
