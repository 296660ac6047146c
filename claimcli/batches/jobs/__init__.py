"""The jobs of ``claimcli corpus``: each is a module with the name of its job.

A job is described by :class:`claimcli.batches.engine.Job`. The folder is the registry.
"""
