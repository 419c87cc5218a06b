"""One module per index field: each looks at the first page of a letter and proposes a value with its evidence. Pure."""
