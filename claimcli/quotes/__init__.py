"""Quotes held against texts: where one stands, how it departs, and what to beware of."""
