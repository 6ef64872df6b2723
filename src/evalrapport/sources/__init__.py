"""Reads real files in their real layouts; makes stand-in files when there are none."""
