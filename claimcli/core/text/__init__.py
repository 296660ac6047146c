"""Text functions without any knowledge of claims: escaping, suggestions, word and line diffs."""
