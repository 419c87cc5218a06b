"""Übertragungen: everything that moves, what needs help and why, and the day's account."""
