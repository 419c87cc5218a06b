"""What the operating system gives: places, time, locks, secrets, settings, logs. Knows nothing of cases."""
