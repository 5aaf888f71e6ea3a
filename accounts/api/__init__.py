"""Keys by which programs ask for more than what is public."""
