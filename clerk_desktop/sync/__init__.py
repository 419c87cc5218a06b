"""Push and pull: the only part that talks to the shared backend. Decides first, acts later."""
