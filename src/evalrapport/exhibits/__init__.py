"""From released results to tables, figures and named values. Formats, never computes."""
