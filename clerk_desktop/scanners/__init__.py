"""Scanners on the network, spoken to in eSCL (AirScan, Mopria)."""
