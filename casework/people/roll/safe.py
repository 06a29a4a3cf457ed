"""Reads a member list in a process of its own, so that no file can take a web worker down."""

from dataclasses import replace
from os import PathLike
from typing import BinaryIO

from casework.people.roll.model import MemberList, RollRefused
from casework.programme.roster.model import RosterRefused
from casework.programme.roster.safe import read_in_child

_CHILD = "casework.people.roll.child"


def read_members_safely(path_or_file: str | PathLike[str] | BinaryIO, filename: str) -> MemberList:
    """Reads a member list in a child process with limits of time and memory.

    `filename` is the name the officer gave the file. Raises RollRefused with a sentence: the file is no readable
    spreadsheet, holds no member list, is hostile, or is too large.
    """
    try:
        read = read_in_child(_CHILD, path_or_file, filename)
    except RosterRefused as refused:
        raise RollRefused(refused.code, **refused.params) from refused
    return replace(MemberList.from_wire(read), file=filename)
