"""The window. Knows use cases, values and texts; everything else is behind those."""
