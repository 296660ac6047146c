"""Sources fetched from the web: asked for, bounded, and kept beside the data."""
