"""Synthetic answers for the demo: nobody has ever given them."""
