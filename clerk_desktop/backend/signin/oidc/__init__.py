"""Signing in at a town's sign-on service in the system's browser (OpenID Connect Core 1.0, RFC 8252, RFC 7636)."""
