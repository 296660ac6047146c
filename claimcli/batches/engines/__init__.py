"""What runs jobs: processes of this machine, or Spark."""
