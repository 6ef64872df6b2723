"""Propensity-score matching: pure numerics, no files, no settings, no person numbers.

Arrays only, so that the same code serves a test of ten rows and the whole population. Memory beyond
the covariate matrix is a few vectors of the length of the pool; nothing is pool × pool.
"""
