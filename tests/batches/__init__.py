"""Tests of corpora: jobs and engines."""
