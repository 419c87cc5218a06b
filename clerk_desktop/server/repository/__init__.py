"""Storage of the embedded server: SQLite for objects, versions, changes and users; files for content.

The only package that knows SQL. It keeps what it is told consistently and durably; rules of CMIS and rights are
decided by its callers, except that lists leave out what is not in the zones they are given.
"""
