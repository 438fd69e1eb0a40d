"""What the organisation promised: a goal, an owner, a deadline, and whether its measure moved.

`commitment` is the value, `reading` and `writing` its file under site/commitments/, `followup` the
comparison with the trend it hangs on. No promise may be called kept without a measure or a
person's word. Begin with `commitment`.
"""

from reporter.commitments.commitment import Commitment, Status, from_snapshot, overdue, snapshot
from reporter.commitments.followup import follow_up

__all__ = ["Commitment", "Status", "follow_up", "from_snapshot", "overdue", "snapshot"]
