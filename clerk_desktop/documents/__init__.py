"""Abilities on files: what they are, what they say, how they are drawn and written. No store, no Qt, no network."""
