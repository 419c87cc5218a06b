"""OASIS CMIS 1.1, Browser Binding."""
