"""The reporting host's work: one command at a time, and nothing of it left however it ends.

It knows no figure and no page. Begin with `alone` (the lock, which every step of `report` that
builds or changes editions holds), then `leftovers` (what is cleared) and `room` (disks that are
full or read-only, in words).
"""
