"""Ways of signing in to a document management system, one module each."""
