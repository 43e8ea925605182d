"""A released name is never lost unseen: it stays one minor version, with a warning, then goes."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from codegen.api import Alias, Api
from codegen.compat.deprecated import (
    ReleaseManifest,
    problems,
    proposal,
    removal_version,
    removed_names,
)
from codegen.errors import CodegenError
from codegen.lock import Lock
from codegen.source.overlay import Overlay, parse_overlay, read_overlay

from .documents import (
    ID,
    answer,
    array,
    document,
    envelope,
    json_response,
    operation,
    ref,
    run,
    sdk,
)

OLD = document(
    {
        "/things": {"get": operation(array(ref("Thing")))},
        "/things/{id}": {"get": operation(ref("Thing"), parameters=[ID])},
        "/things/{id}/photo": {"get": operation(ref("Photo"), parameters=[ID])},
    },
    {"Photo": {"type": "object", "properties": {"url": {"type": "string"}}}},
)
ALIASES = (
    Alias("things.fetch", "things.get", "0.3.0", "a clearer name"),
    Alias("things.all", "things.list", "0.3.0", "a clearer name"),
    Alias("things.drop", None, "0.3.0", "the vendor removed it"),
    Alias("old.take", "things.get", "0.3.0", "the group is gone"),
    Alias("models.Item", "models.Thing", "0.3.0", "a clearer name"),
    Alias("models.Gone", None, "0.3.0", "the vendor removed it"),
)


def api_of(made: Any, *aliases: Alias) -> Api:
    return evolve(run(made).api, aliases=aliases)


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return sdk(OLD, tmp_path_factory.mktemp("sdk"), Overlay(deprecated=ALIASES))


@pytest.mark.asyncio
async def test_a_renamed_operation_warns_and_does_the_same(module: ModuleType) -> None:
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare("ab" * 32, transport=transport)
    with pytest.warns(DeprecationWarning, match=r"things\.fetch is things\.get now.*0\.3\.0") as w:
        thing = await client.things.fetch("1")
    assert w[0].filename == __file__
    assert type(thing) is module.models.Thing
    with pytest.warns(DeprecationWarning, match="old.take is things.get now"):
        await client.old.take("1")
    with pytest.warns(DeprecationWarning, match="things.fetch"):
        response = await client.things.with_raw_response.fetch("1")
    assert response.status_code == 200
    assert [request.url.rsplit("/", 2)[1:] for request in transport.requests] == [
        ["things", "1"]
    ] * 3


@pytest.mark.asyncio
async def test_a_renamed_list_is_a_pager_still(module: ModuleType) -> None:
    transport = answer(module, {"success": True, "data": [{"id": "1"}]})
    client = module.AsyncActuallyCare("ab" * 32, transport=transport)
    with pytest.warns(DeprecationWarning, match="things.all is things.list now"):
        pager = client.things.all()
    assert [thing.id for thing in (await pager).items] == ["1"]


def test_an_operation_that_left_says_so_before_anything_is_sent(module: ModuleType) -> None:
    transport = answer(module, {})
    client = module.AsyncActuallyCare("ab" * 32, transport=transport)
    for resource in (client.things, client.things.with_raw_response):
        with (
            pytest.warns(DeprecationWarning, match=r"things\.drop left the API"),
            pytest.raises(module.ConfigurationError, match="the vendor removed it"),
        ):
            resource.drop("1", reason="x")
    assert transport.requests == []


def test_a_renamed_class_is_the_new_one(module: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match=r"models\.Item is models\.Thing now") as w:
        assert module.models.Item is module.models.Thing
    assert w[0].filename == __file__
    assert "Item" not in module.models.__all__


def test_a_class_that_left_serves_annotations_and_is_never_made(module: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match=r"models\.Gone left the API"):
        gone = module.models.Gone
    assert not isinstance(1, gone)
    for make in (gone, lambda: gone.from_dict({})):
        with pytest.raises(module.ConfigurationError, match="nothing replaces it"):
            make()


def test_names_that_did_not_change_warn_of_nothing(module: ModuleType) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert module.models.Thing is not None
        assert dir(module.models) == ["Photo", "Thing"]


RELEASED = ReleaseManifest.of("0.1.0", api_of(OLD))


def without(path: str) -> Any:
    made = copy.deepcopy(OLD)
    del made["paths"][path]
    return made


def test_a_released_name_is_not_lost_without_a_word() -> None:
    found = problems(RELEASED, api_of(without("/things/{id}/photo")), "0.1.0")
    assert [problem.place for problem in found] == ["models.Photo", "things.get_photo"]
    for problem in found:
        assert "was released in 0.1.0" in problem.reason
        (alias,) = parse_overlay(problem.entry).deprecated
        assert alias == Alias(problem.place, None, "0.3.0", "the vendor removed it")


def test_what_was_never_released_may_go() -> None:
    assert problems(ReleaseManifest(), api_of(without("/things/{id}/photo")), "0.1.0") == []


def test_an_alias_stays_until_it_is_due() -> None:
    after = ReleaseManifest.of("0.2.0", api_of(OLD, ALIASES[0]))
    assert removed_names(after, api_of(OLD), "0.2.5") == {"things.fetch"}
    assert removed_names(after, api_of(OLD), "0.3.0") == set()


ENTRY = {"name": "things.fetch", "instead": "things.get", "until": "0.3.0", "reason": "r"}
REJECTED: list[tuple[dict[str, Any], str]] = [
    ({"name": "fetch"}, "a name such as listings.fetch"),
    ({"until": "soon"}, "a version such as 0.3.0"),
    ({"until": "0.1.0"}, "its time is over, remove the entry"),
    ({"name": "things.list"}, "the document gives this name; remove the entry"),
    ({"instead": "things.nothing"}, "the document gives no such name"),
    ({"instead": "models.Thing"}, "an operation for an operation"),
]


@pytest.mark.parametrize(("change", "reason"), REJECTED)
def test_an_alias_that_does_not_fit_is_rejected(change: dict[str, Any], reason: str) -> None:
    aliases = read_overlay({"deprecated": [ENTRY | change]}).deprecated
    (problem,) = problems(ReleaseManifest(), api_of(OLD, *aliases), "0.1.0")
    assert problem.place.startswith("overlay.toml deprecated ")
    assert reason in problem.reason


@pytest.mark.parametrize("key", ["name", "until", "reason"])
def test_an_alias_needs_name_until_and_reason(key: str) -> None:
    entry = {name: value for name, value in ENTRY.items() if name != key}
    with pytest.raises(CodegenError, match=r"overlay.toml \[\[deprecated\]\] 1"):
        read_overlay({"deprecated": [entry]})


def moved(made: Any) -> None:
    made["paths"]["/objects/{id}/photo"] = made["paths"].pop("/things/{id}/photo")
    made["paths"]["/objects/{id}/photo"]["get"]["tags"] = ["Objects"]


def two_moved(made: Any) -> None:
    made["paths"]["/objects/{id}/photo"] = made["paths"].pop("/things/{id}/photo")
    made["paths"]["/objects/{id}/picture"] = made["paths"]["/objects/{id}/photo"]


def another_result(made: Any) -> None:
    moved(made)
    made["paths"]["/objects/{id}/photo"]["get"]["responses"] = {
        "200": json_response(envelope(ref("Thing")))
    }


@pytest.mark.parametrize(
    ("edit", "name", "instead"),
    [
        (moved, "things.get_photo", "objects.get_photo"),
        (two_moved, "things.get_photo", None),
        (another_result, "things.get_photo", None),
    ],
)
def test_a_successor_is_proposed_only_without_doubt(
    edit: Callable[[Any], None], name: str, instead: str | None
) -> None:
    made = copy.deepcopy(OLD)
    edit(made)
    assert proposal(name, "0.1.0", old=api_of(OLD), new=api_of(made)).instead == instead


@pytest.mark.parametrize(
    ("version", "until"), [("0.1.0", "0.3.0"), ("0.9.4", "0.11.0"), ("1.4.2", "2.0.0")]
)
def test_an_alias_stays_one_minor_version(version: str, until: str) -> None:
    assert removal_version(version) == until


def test_a_locked_name_stays_when_its_tag_is_renamed() -> None:
    made = copy.deepcopy(OLD)
    for item in made["paths"].values():
        item["get"]["tags"] = ["Objects"]
    lock = run(OLD).lock
    assert run(made, lock=lock).api == run(OLD, lock=lock).api
    assert run(made, lock=Lock()).api != run(OLD).api
