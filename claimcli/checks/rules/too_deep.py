"""Nothing nests more than 100 deep.

Answers to answers go as deep as a dispute does, some four levels of YAML for each. What lies
deeper than 100 levels is passed over, and at 1,000 the file is given up, since the parser's time
grows with the square of the depth. An answer can stand alone and name its claim in
``responds_to``.

No example can be shown: it would be a hundred levels deep.
"""

from claimcli.core.problems import Severity

SEVERITY = Severity.ERROR
