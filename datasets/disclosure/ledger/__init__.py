"""What is out already about the same people, and what follows from that for new tables."""
