"""YAML text changed at the places that must change, and left as it stands everywhere else.

``tree`` says where everything stands, ``values`` how a value is written, ``places`` what lines are;
``entries``, ``lists`` and ``brackets`` say what to put in where, as splices. Where a text is
written in an unusual way a splice may not be what was meant: whoever applies it has to read the
result back, as :mod:`claimcli.edit.record_edits` does.
"""
