"""Corpora of many dossiers: jobs on batches of Arrow records, and the engines that run them.

A module of ``jobs/`` is a job: the product's own functions applied to record batches, with no
knowledge of the engine. ``engines/`` runs jobs in processes of this machine, or on Spark.
``engine.py`` is the interface between them: start reading there. Everything here needs pyarrow.
"""
