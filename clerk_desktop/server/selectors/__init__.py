"""What can be asked (HTTP GET): one function per selector, grouped by what they are asked of."""
