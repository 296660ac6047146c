"""The canonical form of YAML files: the same records and comments, written one way."""
