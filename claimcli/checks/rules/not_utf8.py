"""A data file is encoded in UTF-8.

In another encoding, letters of names and quotes would be changed unnoticed. Save the file as UTF-8;
a byte order mark at its start does no harm.

This rule has no example, because this text is UTF-8 itself.
"""
