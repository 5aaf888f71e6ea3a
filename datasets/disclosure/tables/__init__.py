"""Tables of counts made ready: their sums, their groupings, and how several of them hang together."""
