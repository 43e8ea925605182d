"""A task of its own for the work behind an async generator.

A task group must not be open while an async generator yields: its cancel scope would belong to the
caller's code, and a loop that is left early would close it in another task (PEP 789). So the work
gets a task that no block encloses; the generator ends it in its `finally`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio

from .._core.event_loop import start_task


class BackgroundTask:
    """Runs a function in a task, on asyncio and trio."""

    def __init__(self, function: Callable[[], Awaitable[None]]) -> None:
        self._function = function
        self._scope = anyio.CancelScope()
        self._ended = anyio.Event()
        self._error: BaseException | None = None
        start_task(self._run)

    async def _run(self) -> None:
        try:
            with self._scope:
                await self._function()
        except GeneratorExit:  # closed, perhaps outside of an event loop: anyio cannot be asked
            self._error = RuntimeError("the task of the run was closed")
            raise
        except anyio.get_cancelled_exc_class():  # from outside; `cancel` ends at the scope
            self._error = RuntimeError("the task of the run was cancelled")
            raise
        except BaseException as error:
            # Kept for `wait`: an exception of a system task ends trio, and asyncio only logs it.
            self._error = error
        finally:
            self._ended.set()

    def cancel(self) -> None:
        """Cancel the function."""
        self._scope.cancel()

    async def settle(self) -> None:
        """Wait until the function has ended."""
        await self._ended.wait()

    async def wait(self) -> None:
        """Wait until the function has ended; raise its exception."""
        await self._ended.wait()
        if self._error is not None:
            raise self._error
