"""From sealed answers to protected tables and what may be said of them; only `tabulation` reads answers."""
