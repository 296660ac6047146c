"""Nesting must stay within 100 levels.

A thread of answers that deep helps no reader, and deeper text is made to exhaust one. Flatten it:
an answer can stand alone and name its claim in `responds_to`.
"""

from claimcli.problems import Severity

SEVERITY = Severity.ERROR
