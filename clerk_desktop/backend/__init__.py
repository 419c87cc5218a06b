"""How a document management system is spoken to."""
