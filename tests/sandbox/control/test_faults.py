"""Planned faults as values."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox import Fault, FaultError
from actuallycare_sandbox.control.faults import FaultPlan


@pytest.mark.parametrize(
    ("fault", "method", "path", "hit"),
    [
        (Fault("drop"), "GET", "/listings", True),
        (Fault("drop", method="post"), "GET", "/listings", False),
        (Fault("drop", method="post"), "POST", "/listings", True),
        (Fault("drop", path="/listings"), "GET", "/listings/1", False),
        (Fault("drop", path="/listings*"), "GET", "/listings/1", True),
        (Fault("drop", path="/*/1"), "GET", "/leads/1", True),
    ],
)
def test_match_method_and_path_of_fault(fault: Fault, method: str, path: str, hit: bool) -> None:
    assert fault.matches(method, path) is hit


def test_count_requests_of_each_fault() -> None:
    faults = FaultPlan()
    faults.add(Fault("drop", times=2, skip=1, path="/a"))
    faults.add(Fault("latency", times=None))
    taken = [[f.kind for f in faults.take("GET", path)] for path in ("/a", "/b", "/a", "/a", "/a")]
    assert taken == [
        ["latency"],
        ["latency"],
        ["drop", "latency"],
        ["drop", "latency"],
        ["latency"],
    ]
    assert [(fault.kind, left) for fault, left in faults.planned()] == [("latency", None)]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"kind": "earthquake"}, "kind must be one of latency"),
        ({}, "needs a kind"),
        ({"kind": "drop", "times": 0}, "times must be at least 1"),
        ({"kind": "drop", "times": True}, "times must be int"),
        ({"kind": "drop", "often": 2}, "has no 'often'"),
        ({"kind": "status", "status": "503"}, "status must be int"),
        ({"kind": "status", "status": 99}, "between 200 and 599"),
        ({"kind": "latency", "seconds": -1}, "from 0 to 86400"),
        ({"kind": "latency", "seconds": float("nan")}, "from 0 to 86400"),
        ({"kind": "latency", "seconds": 1e400}, "from 0 to 86400"),
        ({"kind": "drop", "skip": -1}, "must not be negative"),
        ("drop", "a fault is an object"),
    ],
)
def test_reject_invalid_fault(value: Any, message: str) -> None:
    with pytest.raises(FaultError, match=message):
        Fault.parse(value)


def test_parse_fault_from_json() -> None:
    value = {"kind": "latency", "seconds": 1, "times": None, "path": "/leads"}
    assert Fault.parse(value) == Fault("latency", seconds=1, times=None, path="/leads")
