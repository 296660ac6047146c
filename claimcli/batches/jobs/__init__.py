"""The jobs of ``claimcli corpus``: each is a module with the name of its job."""
