"""Rebuild an evaluation report of Danish employment policy, from registers to printed page."""
