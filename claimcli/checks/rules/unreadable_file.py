"""A data file is an ordinary file that can be read.

The content of a file that cannot be read (no permission, a broken link, a device, a folder that
cannot be entered) would be missing from every result without notice.

This rule has no example, because the cause is not the text of the file.
"""
