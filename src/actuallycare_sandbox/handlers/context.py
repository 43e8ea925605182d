"""One request, authenticated and validated: what a handler gets to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..auth.user import Principal
from ..backend import Backend
from ..data.query import Selection
from ..json_value import Record, as_object
from ..protocol.envelope import Outcome
from ..protocol.pagination import Page
from ..spec.document import Operation
from ..spec.response_layout import Shape


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one operation.

    Attributes:
        path: path parameters by name.
        query: documented query parameters as values, defaults filled in.
        body: the documented part of the decoded JSON body; None without one.
        address: the client's IP address.
        agent: the client's User-Agent.
        events: what happened, for webhooks: event name and record; told after the transaction.
    """

    backend: Backend
    operation: Operation
    principal: Principal | None
    path: dict[str, str]
    query: dict[str, Any]
    body: Any
    address: str
    agent: str | None
    events: list[tuple[str, Record]] = field(default_factory=list[tuple[str, Record]])

    @property
    def now(self) -> datetime:
        """The instant of the call."""
        return self.backend.clock.now()

    @property
    def shape(self) -> Shape:
        """How the operation wraps its payload."""
        return self.backend.shape(self.operation)

    @property
    def caller(self) -> Principal:
        """Who asks, in an operation that asks who."""
        assert self.principal is not None, f"{self.operation.name} is open to everybody"
        return self.principal

    @property
    def fields(self) -> Record:
        """The body of an operation whose body is an object; empty without one."""
        return as_object(self.body) or {}

    @property
    def page(self) -> Page:
        """The page that the caller wants."""
        return Page(int(self.query.get("page", 1)), int(self.query.get("limit", 25)))

    @property
    def visible_owner(self) -> str | None:
        """Whose records the caller may see; None: everybody's."""
        return self.principal.visible_owner if self.principal else None

    def visible(self, kind: str) -> Selection:
        """Records of a kind that the caller may see."""
        return Selection(kind, owner=self.visible_owner)

    def answer(self, data: Any) -> Outcome:
        """What of a record, an array or a whole payload the operation documents, in its form."""
        if self.shape.many and self.shape.key is None:
            return Outcome([self.show(item) for item in data])
        shown = self.show(data)
        return Outcome({self.shape.key: shown} if self.shape.key else shown)

    def show(self, value: Any) -> Any:
        """What of a record, or of the whole payload, the operation documents."""
        return self.backend.views[self.operation.name].of(value)

    def announce(self, event: str, record: Record) -> None:
        """Note an event for the webhooks that subscribe to it."""
        self.events.append((event, record))


Handler = Callable[[Call], Outcome]
"""What serves an operation: it runs inside one transaction, and refuses by raising `ApiError`."""
