"""How letters look before they are scanned: one module per kind of sender. What they say is in the mail modules."""
