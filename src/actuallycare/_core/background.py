"""Tasks that run beside the caller, and that any task may end."""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine
from typing import Any

import anyio

from .event_loop import start_task


class BackgroundTasks:
    """Runs functions in tasks of the event loop until `aclose` cancels them.

    A task group can be left only in the task that entered it. Python closes an async generator that
    was left early in another task, with the blocks that are open inside it, and pytest-asyncio
    leaves a fixture in another task than it entered it:
    https://anyio.readthedocs.io/en/stable/cancellation.html#avoiding-cancel-scope-stack-corruption
    """

    def __init__(self) -> None:
        self._scopes: set[anyio.CancelScope] = set()
        self._ended: anyio.Event | None = None

    def start_soon(
        self,
        function: Callable[..., Coroutine[Any, Any, None]],
        *arguments: Any,
        deadline: float = math.inf,
        name: str | None = None,
    ) -> None:
        """Run a function until the deadline. It must not raise an `Exception`."""
        scope = anyio.CancelScope(deadline=deadline)
        self._scopes.add(scope)

        async def run() -> None:
            try:
                with scope:
                    await function(*arguments)
            finally:
                self._scopes.discard(scope)
                if self._ended is not None and not self._scopes:
                    self._ended.set()

        start_task(run, name)

    async def aclose(self) -> None:
        """Cancel the functions that run, and wait until they have ended."""
        for scope in self._scopes:
            scope.cancel()
        with anyio.CancelScope(shield=True):
            while self._scopes:
                if self._ended is None or self._ended.is_set():
                    self._ended = anyio.Event()  # one for all tasks that wait
                await self._ended.wait()
