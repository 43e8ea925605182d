"""Every error that a call can raise. All derive from `ActuallyCareError`."""

from __future__ import annotations

import re
from typing import Any, TypeVar
from urllib.parse import urlsplit

from .http import Request, Response
from .json_value import is_array, is_object
from .rate_limit import RateLimit

E = TypeVar("E", bound="ActuallyCareError")


_USERINFO = re.compile(r"//[^\s/?#'\"]*@")


def redact_userinfo(message: str) -> str:
    """Return a message without user names and passwords in its URLs, such as those of a proxy."""
    return _USERINFO.sub("//…@", message)


class ActuallyCareError(Exception):
    """Base of every error that this package raises."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The default rebuilds an exception from `args` alone, which loses keyword arguments.
        return (_restore, (type(self), self.args, self.__dict__))


def _restore(cls: type[E], args: tuple[Any, ...], state: dict[str, Any]) -> E:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ActuallyCareError):
    """The client or an argument is not valid for this call. Raised before anything is sent."""


class APIConnectionError(ActuallyCareError):
    """No complete response arrived."""

    sent: bool
    """False when the request cannot have reached the server."""
    request: Request

    def __init__(self, message: str, *, request: Request, sent: bool) -> None:
        message = redact_userinfo(message)
        reached = "it may have reached the server" if sent else "it did not reach the server"
        super().__init__(f"{request.operation} at {_server(request)}: {message} ({reached})")
        self.request = request
        self.sent = sent

    @property
    def operation(self) -> str:
        """Public name of the operation, such as `listings.get`."""
        return self.request.operation.name

    def __repr__(self) -> str:
        return _repr(self, operation=self.operation, sent=self.sent)


class APITimeoutError(APIConnectionError):
    """The attempt took longer than the timeout."""


class DeadlineExceededError(ActuallyCareError, TimeoutError):
    """A call of the blocking client took longer than its `deadline`."""


class DecodeError(ActuallyCareError):
    """A 2xx response that does not match the document, or a list whose pages never end."""

    operation: str
    """Public name of the operation, such as `listings.get`."""
    field: str
    """Path of the field that could not be read, such as `data.listings[3].created_at`."""
    excerpt: str
    """The beginning of the body, or of the value, that could not be read."""

    def __init__(self, operation: str, reason: str, *, field: str = "", excerpt: str = "") -> None:
        where = f" at {field}" if field else ""
        shown = f"; received: {excerpt}" if excerpt else ""
        super().__init__(f"{operation}: the body cannot be read{where}: {reason}{shown}")
        self.operation = operation
        self.field = field
        self.excerpt = excerpt

    def __repr__(self) -> str:
        return _repr(self, operation=self.operation, field=self.field)


_CONFLICT = (
    "Somebody changed the record since it was read. Get it again, and repeat the change with its "
    "new `version`."
)
_HINTS = {
    "INVALID_CREDENTIALS": (
        "Check the email address and the password. ActuallyCare locks an account after several "
        "failed logins."
    ),
    "NO_AUTH_TOKEN": (
        "No token was sent, or the operation accepts no API key. Pass auth='bearer' to "
        "client.request; make other calls with client.with_options(token=…)."
    ),
    "NOT_ARCHIVED": (
        "The API deletes only archived records. Archive it first: `archive()` of the resource, or "
        'client.request("PUT", "/leads/<id>/archive") where the SDK has no such method.'
    ),
    "VERSION_CONFLICT": _CONFLICT,
}
"""Advice for a code, instead of that of the class."""


class APIStatusError(ActuallyCareError):
    """The API responded with an error.

    Branch on the class, `status_code` and `code`. The vendor may change `message`
    (page api/errors).
    """

    hint: str = ""
    """Advice that `str()` adds."""
    may_have_succeeded: bool = False
    """Whether an earlier attempt of the same call got no usable response and may have succeeded."""

    status_code: int
    code: str | None
    """Error code, such as `VALIDATION_ERROR`; None when the response had no error envelope."""
    message: str
    details: Any
    """Problems per field (a list) or a mapping, as received; None when there are none."""
    error_id: str | None
    correlation_id: str | None
    request: Request
    """The request, without its credential."""
    response: Response
    retry_after: float | None = None
    """Seconds to wait before the next request, as the server asks; None when it does not say."""

    def __init__(
        self,
        message: str,
        *,
        request: Request,
        response: Response,
        code: str | None = None,
        details: Any = None,
        error_id: str | None = None,
        correlation_id: str | None = None,
    ) -> None:
        self.status_code = response.status_code
        self.code = code
        self.message = message
        self.details = details
        self.error_id = error_id
        self.correlation_id = correlation_id
        self.request = request
        self.response = response
        super().__init__(message)

    def __str__(self) -> str:
        text = f"{self.request.operation}: {self.status_code}"
        if self.code:
            text += f" {self.code}"
        text += f": {self.message}"
        for problem in self._field_problems():
            text += f"\n  {problem}"
        if self.error_id:
            text += f"\n  error id {self.error_id}"
        hint = self._hint()
        return f"{text}\n  {hint}" if hint else text

    @property
    def operation(self) -> str:
        """Public name of the operation, such as `listings.get`."""
        return self.request.operation.name

    @property
    def request_id(self) -> str | None:
        """The `correlation_id`, under the name that other SDKs use; else the header `X-Request-Id`.

        Proxies send that header, also with errors that are not the API's.
        """
        return self.correlation_id or self.response.headers.get("X-Request-Id")

    def __repr__(self) -> str:
        return _repr(self, status_code=self.status_code, code=self.code, operation=self.operation)

    def _hint(self) -> str:
        if self.may_have_succeeded and self.status_code in (404, 409, 410):
            return (
                "This call was sent more than once. An attempt before this one got no response and "
                "may have succeeded: read the record before you send it again."
            )
        return _HINTS.get(self.code or "", self.hint)

    def _field_problems(self) -> list[str]:
        details = self.details
        if not is_array(details):
            return []
        lines: list[str] = []
        for problem in details[:20]:
            if is_object(problem):
                name = problem.get("field") or problem.get("path") or problem.get("param") or "?"
                lines.append(f"{name}: {problem.get('message') or problem.get('msg') or problem}")
            else:
                lines.append(str(problem))
        return lines


class BadRequestError(APIStatusError):
    """400: the request is malformed or a field is invalid; see `details`."""


class AuthenticationError(APIStatusError):
    """401: the key or token is missing, invalid, expired or revoked."""

    hint = "Check the API key or token: it may be mistyped, expired or revoked."


class PermissionDeniedError(APIStatusError):
    """403: the credential is valid but has no permission for this operation."""

    hint = "Check the key's scopes, the user's role, and that the account is active."


class NotFoundError(APIStatusError):
    """404: no such record, or it is not visible to this user."""

    unknown_route: bool = False
    """Whether the server has no such operation, as far as its response says."""

    def _hint(self) -> str:
        if self.unknown_route:
            return (
                f"{_server(self.request)} does not know this path: check base_url, and the path if "
                "you passed one."
            )
        return super()._hint()


class ConflictError(APIStatusError):
    """409: the record exists already, or its state does not allow this."""


class VersionConflictError(ConflictError):
    """409: the record has changed since it was read. Read it again, apply the change, send it."""

    hint = _CONFLICT
    current_version: int | str | None = None
    """Version of the record on the server; None when the response does not name it."""
    attempted_version: int | str | None = None
    """Version that the call sent; None when the response does not name it."""


class UnprocessableError(APIStatusError):
    """422: well-formed, but not possible."""


class AccountLockedError(APIStatusError):
    """423: too many failed logins; `details["locked_until"]` is the end of the lock."""


class RateLimitError(APIStatusError):
    """429: the server asks for a longer wait than the retry policy allows."""

    rate_limit: RateLimit | None = None
    """Rate limit reported by the response."""

    def _hint(self) -> str:
        if self.retry_after is None:
            return "The server did not say how long to wait."
        return (
            f"The next request may be sent in {self.retry_after:g} s. To wait that long, pass "
            "retry=RetryPolicy.patient()."
        )


class ServerError(APIStatusError):
    """5xx: the API or something in front of it failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableError,
    423: AccountLockedError,
    429: RateLimitError,
}


def _server(request: Request) -> str:
    """Return scheme, host and port of a request, without user name and password."""
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _repr(error: Exception, **fields: object) -> str:
    shown = ", ".join(f"{name}={value!r}" for name, value in fields.items() if value is not None)
    return f"{type(error).__name__}({shown})"


def error_class(status: int) -> type[APIStatusError]:
    """Return the exception class for an error status."""
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, APIStatusError)


def error_status(cls: type[APIStatusError]) -> int:
    """Return the status that an exception class is raised for; 500 for a class of several."""
    return next((status for status, known in _BY_STATUS.items() if issubclass(cls, known)), 500)
