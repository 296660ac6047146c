"""Pictures, drawn without any outside program: text that fits, elements of SVG, a layout."""
