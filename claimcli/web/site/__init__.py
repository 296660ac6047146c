"""The pages as files that work without a server."""
