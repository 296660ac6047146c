"""Records as tables of Arrow, of which the schema is derived from the one table of fields.

``schema.py`` has the tables and their columns; start reading there.
"""
