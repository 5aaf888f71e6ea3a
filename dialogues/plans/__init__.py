"""Action plans and briefs as plain data and as documents."""
