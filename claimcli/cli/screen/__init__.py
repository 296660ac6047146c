"""Results drawn on a terminal with Rich, by ``draw()`` in a module named like the command.

``table.py`` draws the results of commands without a module. Functions return text; nothing prints.
"""
