"""Ways to make a table coarser, and which of them let more of it be shown."""
