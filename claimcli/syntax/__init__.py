"""YAML syntax without its meaning: nodes with source locations, the parser, in-place edits.

May import only ``core``. Start reading in ``nodes.py``, then ``parser.py``; edits are in ``edit/``.
"""
