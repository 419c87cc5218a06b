"""clerk-desktop: the program municipal clerks open in the morning and close in the evening."""

__version__ = "0.1.0"
