"""What a young person meets: pages without session, cookie or any database but four functions."""
