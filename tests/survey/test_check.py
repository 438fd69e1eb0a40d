"""survey.check: a host that would break the promise is told so, with the mend."""

from __future__ import annotations

import fcntl
import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import pytest

from survey import check
from survey import cli as survey
from survey.ballots import box, store, traces
from survey.ballots.box import Ways
from survey.check import Machine
from survey.quarter import Quarter
from survey.questions import Item
from survey.settings import Settings
from tests.support import demo
from tests.support.leaver import generous

WELL = Machine("/dev/sda / ext4 rw,relatime 0 0\n", "Filename Type Size\n")
OF = Quarter(2026, 4)


def _faults(here: Settings, machine: Machine = WELL, allowed: tuple[str, ...] = ()) -> str:
    return "\n".join(check.faults(here, machine, allowed))


@pytest.fixture
def opened(here: Settings) -> Settings:
    """A host with one open box and twelve links."""
    demo.open_quarter(here, OF, 12)
    return here


def test_a_host_that_is_as_it_should_be_has_no_fault(opened: Settings) -> None:
    assert _faults(opened) == ""


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("btrfs", "rw", "lies on btrfs"),
        ("zfs", "rw", "lies on zfs"),
        ("overlay", "rw", "lies on overlay"),
        ("nfs4", "rw", "lies on nfs4"),
        ("tmpfs", "rw", "lies on tmpfs"),
        ("ext4", "rw,data=journal", "lies on ext4 with data=journal"),
    ],
)
def test_file_systems_that_keep_old_rows_are_refused_unless_allowed(
    opened: Settings, kind: str, options: str, told: str
) -> None:
    machine = replace(WELL, mounts=f"/dev/sda / {kind} {options} 0 0\n")
    assert told in _faults(opened, machine)
    assert _faults(opened, machine, ("filesystem",)) == ""


def test_the_mount_that_the_boxes_lie_on_is_the_one_that_counts(opened: Settings) -> None:
    folder = str(opened.project.responses.resolve()).replace(" ", "\\040")
    mounts = f"/dev/sda / ext4 rw 0 0\n/dev/sdb {folder} btrfs rw 0 0\n/dev/sdc /else zfs rw 0 0\n"
    assert "lies on btrfs" in _faults(opened, replace(WELL, mounts=mounts))


def test_a_folder_whose_files_are_journalled_is_refused(
    opened: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`chattr +j` does to one folder what data=journal does to all."""
    assert not traces.journalled(opened.project.responses)
    monkeypatch.setattr(fcntl, "ioctl", lambda *_: (0x4000).to_bytes(8, "little"))
    assert "lies on ext4 with data=journal" in _faults(opened)


def test_swap_in_use_is_told(opened: Settings) -> None:
    machine = replace(WELL, swaps="Filename Type\n/dev/sda2 partition 1 0 -2\n")
    assert "swapoff" in _faults(opened, machine)
    assert _faults(opened, machine, ("swap",)) == ""
    assert _faults(opened, replace(machine, unswapped=True)) == ""
    compressed = "Filename Type\n/dev/zram0 partition 1 0 100\n"
    assert _faults(opened, replace(WELL, swaps=compressed)) == ""


def test_a_control_group_without_swap_keeps_a_process_out_of_it(tmp_path: Path) -> None:
    group = tmp_path / "sys/fs/cgroup/system.slice/avstamp.service"
    group.mkdir(parents=True)
    (group / "memory.swap.max").write_text("0\n")
    assert _kernel(tmp_path, "0::/system.slice/avstamp.service\n").unswapped
    (group / "memory.swap.max").write_text("max\n")
    assert not _kernel(tmp_path, "0::/system.slice/avstamp.service\n").unswapped
    assert not _kernel(tmp_path, "0::/\n").unswapped
    assert not _kernel(tmp_path, "4:memory:/\n").unswapped


def _kernel(root: Path, groups: str) -> Machine:
    """What a kernel tells below a root of its own, of a process in these control groups."""
    for name, text in {"mounts": "", "swaps": "", "self/cgroup": groups}.items():
        (root / "proc" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "proc" / name).write_text(text)
    return Machine.here(root)


def test_a_form_without_tls_is_told(opened: Settings) -> None:
    plain = replace(opened.organisation, form_url="http://exit.example.org")
    assert "Put TLS in front" in _faults(replace(opened, organisation=plain))
    safe = replace(opened.organisation, form_url="https://exit.example.org")
    assert _faults(replace(opened, organisation=safe)) == ""


def test_files_that_others_can_read_are_told_each_with_its_command(opened: Settings) -> None:
    opened.project.box(OF).chmod(0o644)
    opened.project.responses.chmod(0o755)
    told = _faults(opened)
    assert "chmod 600" in told
    assert "chmod 750" in told


def _damage(here: Settings, query: str) -> None:
    store.let_go()
    with sqlite3.connect(here.project.box(OF), isolation_level=None) as db:
        db.execute(query)
    db.close()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("UPDATE pool SET body = x'00' WHERE slot = 3", "unequal size"),
        ("UPDATE tally SET answered = x'0000000000000001'", "told: (12, 1, 1)"),
        ("DELETE FROM ledger WHERE slot = 1", "holds 11 links"),
        ("UPDATE ledger SET state = mark", "was not written with this key"),
        ("DELETE FROM pool WHERE slot > 1", "free pages"),
        ("UPDATE tally SET issued = zeroblob(40000)", "rows spilled over"),
    ],
)
def test_a_box_that_is_not_as_it_was_laid_down_is_told(
    opened: Settings, query: str, told: str
) -> None:
    _damage(opened, query)
    assert told in _faults(opened)


def test_a_journal_that_shows_the_last_change_is_told(opened: Settings) -> None:
    untidy = Ways(wipe=lambda _: None)
    with box.opened(opened.project.box(OF), opened.ledger_key, untidy) as one:
        one.cover()
    assert "shows what changed last" in _faults(opened)


def test_the_journal_is_looked_at_only_while_no_cast_is_under_way(opened: Settings) -> None:
    """The journal of a cast under way is not zero, and no fault: the check waits for its end."""
    path = opened.project.box(OF)
    with ThreadPoolExecutor(1) as crowd:
        with (
            store.held(path, store.connect, traces.wipe) as db,
            store.changing(db, path, traces.wipe),
        ):
            db.execute("UPDATE pool SET tag = randomblob(32) WHERE slot = 1")
            assert not traces.wiped(path)
            found = crowd.submit(_faults, opened)
            wait([found], timeout=0.5)
            assert not found.done()
        assert found.result() == ""


def test_texts_that_might_not_fit_are_told(opened: Settings) -> None:
    asked = generous(opened.questionnaire, 1000)
    assert "texts add up to 17000 characters" in _faults(replace(opened, questionnaire=asked))


def test_the_command_refuses_and_can_be_told_to_allow(
    opened: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = replace(WELL, mounts="/dev/sda / btrfs rw 0 0\n")
    monkeypatch.delenv(check.ENVIRONMENT)

    def run(*arguments: str) -> int:
        return survey.main(["--project", str(opened.project.root), *arguments], lambda: bad)

    assert run("check") == 1
    assert "btrfs" in capsys.readouterr().err
    assert run("serve", "--port", "0") == 1
    assert run("check", "--allow", "filesystem") == 0
    assert "allowed  file system" in capsys.readouterr().out
    monkeypatch.setenv(check.ENVIRONMENT, "filesystem,swap")
    assert run("check") == 0
    monkeypatch.setenv(check.ENVIRONMENT, "everything")
    assert run("check") == 1
    assert "'everything' cannot be allowed" in capsys.readouterr().err


def test_the_check_lists_what_is_well_and_what_is_not(
    opened: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    opened.project.box(OF).chmod(0o644)
    assert survey.main(["--project", str(opened.project.root), "check"], lambda: WELL) == 1
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert "NOT WELL rights of files" in lines
    assert sum(line.startswith("well ") for line in lines) == 8
    assert "chmod 600" in printed.err


def test_a_question_asked_twice_is_told_and_stops_no_form(opened: Settings) -> None:
    """Only the check tells it: a form that runs already goes on running."""
    asked = opened.questionnaire
    again = {"sv": "Min  chef behandlade människorna RÄTTVIST", "en": "Quite another thing"}

    def other(item: Item) -> Item:
        return replace(item, words=again) if item.id == "recommend" else item

    sections = [replace(one, items=tuple(map(other, one.items))) for one in asked.sections]
    twice = replace(opened, questionnaire=replace(asked, sections=tuple(sections)))
    found = dict(check.looked(twice, WELL))["questions asked once"]
    assert [(one.name, "‘" in one.text) for one in found] == [("twice", False)]
    assert "item 'recommend' asks what 'rate_manager' asks" in found[0].text
    assert _faults(twice) == ""
    assert dict(check.looked(opened, WELL))["questions asked once"] == []
