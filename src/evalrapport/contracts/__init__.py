"""What each table holds: columns, codes, labels, units, sources, sensitivity. Data only."""
