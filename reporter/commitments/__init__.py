"""What the organisation promised: a goal, an owner, a deadline, and whether its measure moved.

`commitment` is the value, `reading` and `writing` its file under site/commitments/, `followup` the
comparison with the trend it hangs on. No promise may be called kept without a measure or a
person's word. Begin with `commitment`.
"""
