"""A server of pages for one person at this machine. Needs the extra ``claimcli[web]``."""
