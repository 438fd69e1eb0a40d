"""HR's local web pages over the functions that the commands use. It keeps no state of its own."""
