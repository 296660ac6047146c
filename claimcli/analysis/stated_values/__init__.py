"""The numbers, dates, times and negations of a statement, as people write them.

May import ``quotes`` and below. Start reading in ``numbers.py``; ``tables.py`` has the words.
"""
