"""A paraphrase or a quote as its form was sent, beside what stands now; called by `voices`."""

from __future__ import annotations

from flask import request

from reporter.comments import Paraphrase, Quote, State
from reporter.desk import context, meanwhile
from reporter.desk.meanwhile import Differing, Overtaken
from survey.words import Words


def unless_overtaken(state: State, after: State) -> State:
    """`after`, if its step was about what the page showed, and no approver typed other words."""
    one = standing(state)
    reworded = request.form["do"] == "approve" and any(row.mine for row in differing(one))
    if after != state and (reworded or meanwhile.overtaken(meanwhile.mark(one))):
        raise Overtaken
    return after


def standing(state: State) -> Paraphrase | Quote | None:
    """The paraphrase or quote that the form is about, as it stands now."""
    if comment := _sent("comment"):
        return next((one for one in state.quotes if one.comment == comment), None)
    at = (_sent("theme"), _sent("side"))
    return next((one for one in state.paraphrases if (one.theme, one.side) == at), None)


def differing(one: Paraphrase | Quote | None) -> list[Differing]:
    """Words that are saved otherwise than they stand in the form; none of a form without words."""
    spoken, saved = context.spoken(), dict[str, str]()
    if isinstance(one, Quote):
        saved = {"text": one.text}
    elif one:
        saved = {f"words_{language}": text for language, text in one.words.items()}
    labels = {name: _label(spoken, name) for name in saved or request.form if _worded(name)}
    return [
        Differing(label, saved.get(name, ""), _sent(name))
        for name, label in labels.items()
        if name in request.form and saved.get(name, "") != _sent(name)
    ]


def _worded(name: str) -> bool:
    return name == "text" or name.startswith("words_")


def _label(spoken: Words, name: str) -> str:
    if name == "text":
        return spoken("desk.voices.part")
    return spoken("desk.voices.words", language=spoken(f"desk.in.{name.removeprefix('words_')}"))


def _sent(name: str) -> str:
    return " ".join(request.form.get(name, "").split())
