"""The query language of CMIS 1.1 (2.1.14): its grammar, its meaning over the types, its translation to SQL."""
