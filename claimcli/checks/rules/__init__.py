"""The rules, one per file; ``claimcli.checks.registry`` loads them."""
