"""The encrypted local store: cases, documents, ledger, outbox, baselines, content. The hub of the program."""
