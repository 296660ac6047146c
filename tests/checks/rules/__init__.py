"""Tests of the rules, several on one subject in a file."""
