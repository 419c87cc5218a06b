"""Lists of cases over the store."""
