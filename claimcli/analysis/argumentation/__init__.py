"""Abstract argumentation: which arguments are accepted when some attack others (Dung 1995).

It knows nothing of claims and dossiers: ``analysis/standing.py`` builds frameworks from them. Start
reading in ``framework.py``.
"""
