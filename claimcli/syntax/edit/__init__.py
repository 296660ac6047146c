"""In-place edits of YAML text: only the characters that must change are replaced.

``tree`` gives the offsets of all nodes, ``values`` formats values, ``splices`` handles lines;
``entries``, ``lists`` and ``flow`` return the splices of one change. Unusual text can make a splice
wrong, so callers parse the result and compare it, as :mod:`claimcli.edit.record_edits` does.
"""
