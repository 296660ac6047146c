"""Tests of the tables of spreadsheets."""
