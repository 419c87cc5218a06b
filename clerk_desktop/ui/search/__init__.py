"""The place that lists everything that has the words."""
