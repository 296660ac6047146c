"""Fact-checks in schema.org's ClaimReview: a claim, and what a reviewer says about it.

``documents.py`` finds the reviews in a file, ``values.py`` reads their values however they are
written, ``ratings.py`` says which kind of answer a rating is, and ``review.py`` makes records.
"""
