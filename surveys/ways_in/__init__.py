"""How a person comes to a round, and what keeps that apart from what they answer there."""
