"""Reading a document: continuous pages, drawn by the workers at the screen's resolution."""
