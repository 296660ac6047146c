"""What runs jobs: processes of this machine, or Spark."""

ENGINES = ("local", "spark")
"""The names of the engines."""
