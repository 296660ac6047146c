"""A file must have a bounded size.

At most 64 MiB a file, 1,000,000 nodes an entry, and as many that all aliases of a file stand for:
aliases of aliases can make a few lines stand for billions. Split the file, write the values out.
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
