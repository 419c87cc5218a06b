"""Posteingang: the mailroom station. What came in, the page, the index form; Enter files and goes on."""
