"""A played day in real windows, by keys and mouse, for the demo and for proof; the program itself uses none of it."""
