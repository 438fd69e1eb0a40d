"""Counts, checks, draws and publishes answers. Imports nothing by itself."""
