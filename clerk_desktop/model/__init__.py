"""What clerks talk about. Standard library only; every value is frozen."""
