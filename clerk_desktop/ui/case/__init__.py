"""One case: what it is, its documents, what happened."""
