"""The rules, one per file; this folder is their registry (see ``claimcli.checks.registry``)."""
