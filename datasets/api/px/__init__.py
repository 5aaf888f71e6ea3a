"""A read side that clients of PxWebApi 2 know: tables with stable ids, metadata, selections and codelists."""
