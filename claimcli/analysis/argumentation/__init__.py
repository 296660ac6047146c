"""Abstract argumentation: which arguments stand when some attack others (Dung 1995)."""
