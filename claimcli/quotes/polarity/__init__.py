"""Words and phrases next to a quote that reverse, restrict or weaken it, in five languages.

The languages are the files ``*.txt``; a dossier can add a file. Start reading in ``polarity.py``.

A file has one entry in a line, below a header that says where it counts; ``#`` begins a comment::

    [before]            before the quote, in its clause: declined to
    [after]             after the quote, in its clause
    [around]            on both sides: not
    [before adjacent]   directly before the quote: so called
    [after adjacent]    directly after it: is not true
    [around adjacent]   directly on either side: perhaps
    [modals]            directly before the verb with which the quote begins: could
    [conditions]        in its clause, or at the start or end of its sentence: unless
    [openings]          like a condition, but only as the first words of its sentence: had it
    [pairs]             around the whole quote: the ... is wrong
    [harmless]          a phrase whose words do not count: no doubt

``a/b`` is one word or the other, ``refus*`` or ``*n't`` any word with that start or end, ``...`` up
to four words. There are no other patterns. The lists of the languages end with their grammar:
words that show where a clause begins, and in which language a text is.
"""
