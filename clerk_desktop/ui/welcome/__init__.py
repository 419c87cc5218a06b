"""The first start: server, sign-in, scan folder; and signing in again."""
