"""A data file has no more than 10,000 problems.

Past that number a list helps nobody, and the file is probably something else than a dossier.
Mend the first problems and check again.

No example can be shown: it would be ten thousand lines long.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
