"""The process host: foreign files are only ever opened in supervised worker processes."""
