"""Reporting back: what a round came to, in plain words, with pictures of released figures alone."""
