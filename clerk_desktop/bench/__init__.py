"""Speed as ratios against a named baseline in the same run. Never a verdict: figures are printed, not asserted."""
