"""Words and phrases next to a quote that reverse, restrict or weaken it, in five languages.

The languages are the files ``*.txt``; a dossier can add a file. Start reading in ``polarity.py``.

``claimcli help polarity`` describes their format. The lists of the languages end with their
grammar: words that show where a clause begins, and in which language a text is.
"""
