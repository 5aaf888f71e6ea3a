"""Making a questionnaire: what can be done to a definition that is not whole yet, and what is told about it."""
