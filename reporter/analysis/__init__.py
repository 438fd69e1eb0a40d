"""Records side by side: lines over editions, what moved, what is most, what to begin with.

It reads records alone and writes nothing, so everything it says can be worked out again from what
is published. It may not see a raw table, or draw or word anything. Begin with `trends`.
"""
