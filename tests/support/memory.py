"""How much memory a process took at most, asked in that process itself."""

PEAK = "int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1024"
"""An expression: mebibytes. `ru_maxrss` would not do, for a child's begins with its parent's."""
