"""A survey's questions, each protected by itself against a base that is protected once."""
