"""Scanning from a scanner on the network."""
