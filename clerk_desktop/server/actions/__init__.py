"""What can be done (HTTP POST): one function per action, grouped by what they do."""
