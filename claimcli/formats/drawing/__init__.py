"""SVG pictures drawn without external programs: text metrics, SVG elements, layouts.

Used by the formats that draw. Start reading in ``layout.py`` (layers) or ``grid.py`` (rows and
columns). May import ``core`` only.
"""
