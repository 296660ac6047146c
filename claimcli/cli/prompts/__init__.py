"""Questions on a terminal for the fields of records.

``terminal.py`` reads a line or a key, ``questions.py`` asks a series of questions with a way back,
``records.py``, ``claims.py`` and ``answers.py`` say which questions a record has, and
``dialogue.py`` asks them, shows a summary and writes. Start reading at
:func:`claimcli.cli.prompts.dialogue.ask_and_save`.
"""
