"""From datasets to estimates and tables; release is the only door out."""
