"""Fetches source texts from the web and stores them next to the data.

Start reading in ``store.py``; ``download`` limits size and time, ``network`` refuses private hosts.
"""
