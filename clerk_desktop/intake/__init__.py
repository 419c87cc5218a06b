"""How a scanned letter gets from the scan folder into the store and the outbox. Never talks to a network."""
