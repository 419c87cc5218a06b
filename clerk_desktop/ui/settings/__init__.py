"""Settings: connection, scan folders, appearance, and what works on this workstation."""
