"""Type definitions: what they are, the built-in ones, reading them from JSON, finding them."""
