"""Attacking what is about to be published, proving what is safe, and hiding more where it is not."""
