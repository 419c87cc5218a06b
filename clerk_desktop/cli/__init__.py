"""The command line: a thin skin over the use cases. Names, keys and exit codes are a contract (``cli.md``)."""
