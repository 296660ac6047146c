"""A file must not have more than 10,000 problems.

After that many the rest of the file is not read. Mend the first ones and check again.
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
