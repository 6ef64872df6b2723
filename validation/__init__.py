"""The effect analysis held against published estimates on public data: `python -m validation`."""
