"""Collects answers. Imports nothing, so that the reporting host needs no web framework."""
