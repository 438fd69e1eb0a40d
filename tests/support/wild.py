"""Questionnaires, names and policies as somebody might write them: any digit, sign and script."""

from __future__ import annotations

from random import Random
from typing import Any

import yaml

from survey import documents, init
from survey.project import Project

Tree = dict[str, Any]

ORGANISATIONS = (
    *("3M Sverige 2030", "24/7 AB", "Bolag 1 & 2", "B3", "Ärlig 100 %", "7-Eleven", "Т1 Центр"),
    *("Åre 2027 #1", "«Ny» 5 av 9", "A", "משרד 4", "Hund & Katt <AB>", "R&D*2*"),
)
SPOKEN = (
    *("Lager 2", "A2", "F 7", "26-100 anställda", "1:a linjen", "Plan 3½", "Отдел 5", "משרד 4"),
    *("倉庫2", "Ny! 5", "7 av 9-huset", "C++ 20", "H₂O", "Zon ４", "högst 2 dagar", "om 5 år"),
    *("at least 5 times", "top 12 of 31 teams", "_a_", "[x](y) 4", "1. Vägen", "{n}", "%s 3"),
    *("R&D 9", "é 6", "ب ٣", "Q4 2026", "18 till 20 mil", "fem rum", "**b** 4", "AT&T", "a|b 7"),
)
BARE = (
    *("100 %", "2026", "*5*", "`3`", "# 1", "| 2 |", "👍 10", "30 %–40 %", "–", "½", "Ⅳ", "--- 8"),
    *("högst 2", "at least 5", "12 of 31", "sex av tio", "medel 3,9", "5 people", "&amp; 9", "<b>"),
)
IDS = (
    *("a", "b2", "c-3", "x10", "1-5", "gt7", "n", "b", "sum", "all", "none", "favourable", "wrote"),
    *("2", "26-100", "other", "a_b", "q1", "å", "A", "area", "id with blank", "x" * 60),
)


def text(chance: Random) -> str:
    """A few words of any kind; now and then nothing but a figure."""
    bare = [chance.choice(BARE)] if chance.random() < 0.1 else []
    if bare and chance.random() < 0.05:
        return bare[0]
    return " ".join(chance.sample(SPOKEN, chance.choice((1, 1, 2, 3))) + bare)


def words(chance: Random) -> Tree:
    """The same in both languages, or not."""
    one = text(chance)
    return {"sv": one, "en": chance.choice((one, text(chance)))}


def project(of: Project, chance: Random) -> None:
    """Make a project and change what an organisation edits, here and there."""
    init.project(of)
    asked = documents.parse(of.questionnaire.read_text(encoding="utf-8"), "questionnaire.yaml")
    new = [_item(chance, number) for number in range(chance.randint(0, 3))]
    chance.choice(asked["sections"])["items"].extend(new)
    _reworded(asked, chance)
    _write(of.questionnaire, asked)
    _named(of, chance)
    _placed(of, [one["id"] for one in new], chance)


def _item(chance: Random, number: int) -> Tree:
    kind = chance.choice(("one", "many", "scale", "text"))
    made = {"id": f"new{number}", "kind": kind, **words(chance)}
    match kind:
        case "text":
            made["limit"] = "300"
        case "scale":
            made["points"] = "agree"
        case _:
            chosen = chance.sample(IDS[:8] if chance.random() < 0.95 else IDS, chance.randint(2, 5))
            made["answers"] = {one: words(chance) for one in chosen}
    return made | ({"most": "2"} if kind == "many" else {})


def _reworded(asked: Tree, chance: Random) -> None:
    """New words for some questions and answers, new areas, new names of themes."""
    items = [one for section in asked["sections"] for one in section["items"]]
    for one in chance.sample(items, 4):
        one |= words(chance)
        answers = one.get("answers")
        for ident in list(answers)[: chance.randint(0, 3)] if isinstance(answers, dict) else ():
            answers[ident] |= words(chance)
    area = next(one for one in items if one["id"] == "area")
    ids = chance.sample(IDS[:7], 3)
    area["answers"] = {one: words(chance) for one in ids}
    for theme in chance.sample(list(asked["themes"]), 2):
        asked["themes"][theme] |= words(chance)


def _write(path: Any, tree: Tree) -> None:
    path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _named(of: Project, chance: Random) -> None:
    name, found = chance.choice(ORGANISATIONS), of.config.read_text(encoding="utf-8")
    lines = [_line(one, name) for one in found.splitlines()]
    of.config.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(one: str, name: str) -> str:
    for key in ("site_name:", "organisation:"):
        if one.strip().startswith(key):
            return f'{one[: one.index(key)]}{key} "{name}"'
    return one


def _placed(of: Project, new: list[str], chance: Random) -> None:
    path = of.root / "reporter" / "policy.toml"
    k = chance.choice((5, 7, 10))
    found = path.read_text(encoding="utf-8").replace("k = 7", f"k = {k}", 1)
    rows = [f'{one} = "{chance.choice(("none", "area", "hidden"))}"\n' for one in new]
    path.write_text(found + "".join(rows), encoding="utf-8")
