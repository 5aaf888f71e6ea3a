"""The audit log of the domain. `from portal.audit.recording import record`."""
