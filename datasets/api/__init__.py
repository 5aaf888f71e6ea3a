"""Published figures for programs: the REST interface and, beside it, one that clients of PxWebApi 2 read."""
