"""The numbers, dates and times that a statement mentions, as people write them.

May import ``quotes`` and below. Start reading in ``numbers.py``; ``tables.py`` has the words.
"""
