"""One module per operation of the outbox: sends it, recognises what was done already, says what it is."""
