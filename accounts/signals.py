"""What accounts tells the rooms above it, which it may not import."""

from django.dispatch import Signal

invitation_accepted = Signal()
"""Sent in the tenant's scope when somebody became a member: `user`, `role`."""
