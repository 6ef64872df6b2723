"""From sources to analysis datasets: one row per person or episode."""
