"""The literature search as data: what was searched, found, merged, read and chosen, and by whom."""
