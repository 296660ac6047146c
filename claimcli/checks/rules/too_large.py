"""A data file has a size that a person could have written.

A file of more than 64 MiB, or a record of more than a million nodes (directly or through aliases),
is a mistake or an attack on the reader's memory. Split the file; write aliases out.

This rule has no example, because it would be too large.
"""
