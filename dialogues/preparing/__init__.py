"""What a dialogue is prepared with: its agenda, its deck, and how ready it is."""
