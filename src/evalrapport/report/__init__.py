"""From exhibits and prose to documents."""
