"""Multipart bodies and the files in them (RFC 7578)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import IO, Any, cast

from attrs import field, frozen

from ..errors import ConfigurationError
from ..scalars import UnsendableValue, format_scalar
from ..serialize import format_json, is_structured
from ..unset import UNSET


@frozen
class File:
    """A file to upload.

    `content` is bytes or a binary file object, which is read once when the call is built, so that
    a retry sends the same bytes.
    """

    content: bytes | IO[bytes] = field(repr=False)
    name: str | None = None
    content_type: str = "application/octet-stream"


@frozen
class MultipartBody:
    """A `multipart/form-data` body: scalars, `File`s, and sequences of either."""

    fields: Mapping[str, Any] = field(repr=False)

    def encode(self) -> tuple[bytes, str]:
        """Return the bytes and their content type."""
        return encode_multipart(self.fields, boundary=secrets.token_hex(16))

    def with_members(self, members: Mapping[str, Any]) -> MultipartBody:
        """Return this body with fields added or replaced."""
        return MultipartBody({**self.fields, **members})


def encode_multipart(fields: Mapping[str, Any], *, boundary: str) -> tuple[bytes, str]:
    """Encode fields as `multipart/form-data`; `boundary` must not occur in the data."""
    out = bytearray()
    for name, value in fields.items():
        try:
            for part in _parts(name, value):
                out += f"--{boundary}\r\n".encode() + part + b"\r\n"
        except UnsendableValue as error:
            error.prepend(name)
            raise
    out += f"--{boundary}--\r\n".encode()
    return bytes(out), f"multipart/form-data; boundary={boundary}"


def _parts(name: str, value: Any) -> Iterator[bytes]:
    if is_structured(value):
        yield _json_part(name, value)
        return
    values = cast("list[Any]", value) if isinstance(value, (list, tuple)) else [value]
    for item in values:
        if item is not None and item is not UNSET:
            yield _part(name, item)


def _part(name: str, value: Any) -> bytes:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if not isinstance(value, File):
        return f"{head}\r\n\r\n{format_scalar(value)}".encode()
    if any(character in value.content_type for character in "\r\n\0"):
        raise ConfigurationError(
            f"the content type {value.content_type!r:.80} has a line break, which would end the "
            "header. Pass a media type, such as image/png."
        )
    content = _content(name, value)
    file_name = _quoted(value.name or name)
    head = f'{head}; filename="{file_name}"\r\nContent-Type: {value.content_type}\r\n\r\n'
    return head.encode() + content


def _content(name: str, file: File) -> bytes:
    content: Any = file.content
    if hasattr(content, "read"):
        content = content.read()
    if isinstance(content, (bytes, bytearray)):
        return bytes(content)
    raise ConfigurationError(
        f"the content of the file {name!r:.80} is a {type(content).__name__}; bytes or a binary "
        'file (opened with mode "rb") was expected.'
    )


def _json_part(name: str, value: Any) -> bytes:
    """Encode an object: OpenAPI's default for these parts is JSON (3.0.3, Encoding Object)."""
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    return f"{head}\r\nContent-Type: application/json\r\n\r\n{format_json(value)}".encode()


def _quoted(text: str) -> str:
    # The three characters that HTML's form encoding escapes in a quoted parameter.
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
