"""Problem: what a person must mend, said in words and raised all at once."""

from __future__ import annotations

from collections.abc import Iterable


class Problem(Exception):
    """Something a person can mend. Each message says what happened, where, and what to do."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Complaints:
    """Gathers what is wrong with one file, so that all of it is told in one run."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.messages: list[str] = []

    def say(self, place: str, what: str, mend: str) -> None:
        """Note one mistake: where it is, what is wrong, and what to do about it."""
        where = f"{self.file}: {place}" if place else self.file
        message = f"{where} {what}. {mend}"
        if message not in self.messages:
            self.messages.append(message)

    def unknown_keys(self, place: str, keys: Iterable[str], known: Iterable[str]) -> None:
        """Note every key that nobody would read: a typing mistake must not pass in silence."""
        known = sorted(known)
        for key in sorted(set(keys) - set(known)):
            self.say(place, f"has an unknown key '{key}'", f"Known keys: {', '.join(known)}.")

    def stop(self) -> None:
        """Raise everything noted so far, if anything was."""
        if self.messages:
            raise Problem(*self.messages)
