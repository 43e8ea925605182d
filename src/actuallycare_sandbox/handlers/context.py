"""The context of a request: everything that a handler needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from attrs import field, frozen

from ..auth.user import AuthenticatedUser
from ..backend import Backend
from ..data.query import Selection
from ..json_value import Record, as_object
from ..protocol.envelope import HandlerResult
from ..protocol.pagination import PageRequest
from ..spec.document import OperationSpec
from ..spec.response_layout import ResponseLayout


@frozen
class RequestContext:
    """An authenticated and validated request for one operation."""

    backend: Backend
    """The parts of this sandbox."""
    operation: OperationSpec
    """The requested operation."""
    user: AuthenticatedUser | None
    """The authenticated user; None for an operation that needs no credential."""
    path: dict[str, str]
    """Path parameters by name."""
    query: dict[str, Any]
    """Values of the documented query parameters, defaults included."""
    body: Any
    """Documented part of the decoded JSON body; None without a body."""
    address: str
    """The client's IP address."""
    user_agent: str | None
    """The client's User-Agent."""
    events: list[tuple[str, Record]] = field(factory=list[tuple[str, Record]])
    """Events for webhooks: name and record. They are stored when the transaction ends."""

    @property
    def now(self) -> datetime:
        """Current time by the sandbox's clock."""
        return self.backend.clock.now()

    @property
    def layout(self) -> ResponseLayout:
        """Layout of the operation's success response."""
        return self.backend.layout(self.operation)

    @property
    def caller(self) -> AuthenticatedUser:
        """The authenticated user, for operations that need a credential."""
        assert self.user is not None, f"{self.operation.name} needs no credential"
        return self.user

    @property
    def fields(self) -> Record:
        """The body if it is an object, otherwise an empty object."""
        return as_object(self.body) or {}

    @property
    def page(self) -> PageRequest:
        """The requested page."""
        return PageRequest(int(self.query.get("page", 1)), int(self.query.get("limit", 25)))

    @property
    def visible_owner(self) -> str | None:
        """The owner whose records are visible; None for the records of everybody."""
        return self.user.visible_owner if self.user else None

    def visible(self, kind: str) -> Selection:
        """Return the selection of all records of a kind that the user may see."""
        return Selection(kind, owner=self.visible_owner)

    def result(self, data: Any) -> HandlerResult:
        """Return the documented part of a record, an array or a payload, in its layout."""
        if self.layout.many and self.layout.key is None:
            return HandlerResult([self.serialize(item) for item in data])
        serialized = self.serialize(data)
        return HandlerResult({self.layout.key: serialized} if self.layout.key else serialized)

    def serialize(self, value: Any) -> Any:
        """Return the documented part of a record or a payload."""
        return self.backend.serializers[self.operation.name].serialize(value)

    def emit(self, event: str, record: Record) -> None:
        """Add an event for the webhooks that subscribe to it."""
        self.events.append((event, record))


Handler = Callable[[RequestContext], HandlerResult]
"""Serves an operation inside one transaction; raises `ApiError` for an error response."""
