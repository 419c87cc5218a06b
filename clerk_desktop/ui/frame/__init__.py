"""What is always on screen around the chosen place: rail, header, sync pill, message bar."""
