"""The embedded CMIS 1.1 server (Browser Binding): for demonstrations, tests and one small office.

It shares nothing with the client but the names of the standard, so that a mistake of one is not confirmed by the other.
"""
