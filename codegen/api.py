"""The typed model of the API: what the SDK offers, independent of how the document says it.

Built once from the normalised document. Rendering, the diff for callers, the deprecated names and
the verification of the output read only this. Its texts that come from the document are
`DocumentText`; names are identifiers that were checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal

from attrs import field, frozen

from .document_text import (
    NO_TEXT,
    DocumentText,
    document_text,
    document_texts,
    document_values,
    optional_texts,
    text_pairs,
)

TypeKind = Literal[
    "any", "string", "integer", "number", "boolean", "date", "date-time", "binary", "null",
    "array", "map", "union", "model", "enum",
]  # fmt: skip
Location = Literal["path", "query", "header", "body"]
ResultKind = Literal["record", "page", "none", "any", "text", "bytes"]
BodyKind = Literal["json", "form", "multipart", "raw"]

JSON = DocumentText("application/json")
"""The media type of most bodies."""


@frozen
class Discriminator:
    """How the variants of a union are distinguished."""

    property: DocumentText = field(converter=document_text)
    """Wire name of the member that names the variant."""
    mapping: tuple[tuple[DocumentText, str], ...] = field(converter=text_pairs)
    """(value of the property, class), sorted."""
    default: str = ""
    """The class for every other value; empty when such a payload stays as it is."""


@frozen
class Type:
    """The type of a value."""

    kind: TypeKind
    name: str = ""
    """Class of a model or enum."""
    members: tuple[DocumentText | int, ...] = field(default=(), converter=document_values)
    """Values of an enum, sorted."""
    inner: tuple[Type, ...] = ()
    """The items of an array, the values of a map, the variants of a union."""
    discriminator: Discriminator | None = None

    def __str__(self) -> str:
        if self.kind == "array":
            return f"list[{self.inner[0]}]"
        if self.kind == "map":
            return f"dict[str, {self.inner[0]}]"
        if self.kind == "union":
            return " | ".join(map(str, self.inner))
        return self.name or self.kind

    def walk(self) -> Iterator[Type]:
        """This type and every type inside it; models are not entered."""
        yield self
        for inner in self.inner:
            yield from inner.walk()


ANY = Type("any")
STRING = Type("string")


@frozen
class Field:
    """One attribute of a model."""

    name: str
    """Python name."""
    wire: DocumentText = field(converter=document_text)
    """Name in JSON."""
    type: Type
    required: bool
    nullable: bool = False
    secret: bool = False
    """Whether it is a credential, which no repr may show."""
    doc: DocumentText = field(default=NO_TEXT, converter=document_text)


@frozen
class Model:
    """A class of `actuallycare.models`."""

    name: str
    module: str
    """Module below `models`."""
    place: DocumentText = field(converter=document_text)
    """Where the document defines it."""
    is_input: bool
    """Whether it is only sent: there, an absent field and a null differ."""
    fields: tuple[Field, ...] = ()
    doc: DocumentText = field(default=NO_TEXT, converter=document_text)


@frozen
class Enum:
    """An alias of literals in `actuallycare.models`."""

    name: str
    module: str
    place: DocumentText = field(converter=document_text)
    values: tuple[DocumentText | int, ...] = field(converter=document_values)
    """Sorted, so that the document's order never shows as a change."""


@frozen
class Argument:
    """One argument of an operation."""

    name: str
    """Python name."""
    wire: DocumentText = field(converter=document_text)
    location: Location
    type: Type
    required: bool
    nullable: bool = False
    secret: bool = False
    comma_separated: bool = False
    """Whether an array is sent as one value, joined by commas (`explode: false`)."""
    doc: DocumentText = field(default=NO_TEXT, converter=document_text)


@frozen
class Body:
    """How the request body of an operation is sent."""

    kind: BodyKind
    content_type: DocumentText = field(converter=document_text)
    spread: bool
    """Whether its fields are arguments; otherwise the body is one argument."""
    required: bool = True


@frozen
class Paging:
    """Where a list keeps its items and how its next page is requested."""

    items: tuple[DocumentText, ...] = field(default=(), converter=document_texts)
    """Keys from the unwrapped payload to the array."""
    meta: tuple[DocumentText, ...] | None = field(default=None, converter=optional_texts)
    """Keys from the response body to the paging facts; None when none are documented."""
    extra: tuple[DocumentText, ...] = field(default=(), converter=document_texts)
    """Names beside the items."""
    paged: bool = False
    """Whether the operation takes `page`."""
    page_size: int | None = None
    offset: DocumentText = field(default=NO_TEXT, converter=document_text)
    """The parameter that says how many items to skip, when pages are requested by that."""
    iterable: bool = True
    """Whether every item can be read by following `page`; otherwise a call gives one page."""
    max_page_size: int | None = None
    """The largest `limit` that the document allows."""


@frozen
class Operation:
    """One method of a resource."""

    resource: str
    """Attribute of the client, such as `listings`."""
    method: str
    """Python name, such as `get`."""
    http: str
    """HTTP method in capitals."""
    path: DocumentText = field(converter=document_text)
    """Path template with its labels as the document spells them."""
    place: DocumentText = field(converter=document_text)
    """`GET /listings/{id}`: how messages and the lock name it."""
    kind: ResultKind
    result: Type = ANY
    """Of the payload; of one item, for a page."""
    nullable: bool = False
    """Whether the payload may be null, or the response empty."""
    may_be_empty: bool = False
    """Whether a documented 204 or 205 gives None instead of the result."""
    unwrap: tuple[DocumentText, ...] = field(default=(), converter=document_texts)
    """Keys from the response body to the payload."""
    paging: Paging | None = None
    accept: DocumentText = field(default=JSON, converter=document_text)
    auth: tuple[str, ...] = ()
    """Accepted schemes, preferred first."""
    idempotent: bool | None = None
    """As the overlay has it; None when the method decides."""
    sensitive: bool = False
    """Whether credentials are in its bodies."""
    errors: tuple[int, ...] = ()
    """Documented error statuses."""
    arguments: tuple[Argument, ...] = ()
    """In the order of the signature: path, then required ones, then the rest."""
    body: Body | None = None
    summary: DocumentText = field(default=NO_TEXT, converter=document_text)
    description: DocumentText = field(default=NO_TEXT, converter=document_text)

    @property
    def name(self) -> str:
        """Public name, such as `listings.get`."""
        return f"{self.resource}.{self.method}"

    @property
    def gives_pager(self) -> bool:
        """Whether the method gives a pager, rather than an awaited result."""
        return self.paging is not None and self.paging.iterable

    def in_location(self, location: Location) -> list[Argument]:
        """The arguments that are sent in `location`."""
        return [argument for argument in self.arguments if argument.location == location]


@frozen
class Alias:
    """A released name that the document no longer has: an entry `[[deprecated]]` of the overlay."""

    name: str
    """`listings.fetch`, or `models.OldListing`."""
    instead: str | None
    """The name that replaces it; None when nothing does."""
    until: str
    """The first version without it."""
    reason: str

    @property
    def message(self) -> str:
        """The warning for callers."""
        now = f"is {self.instead} now" if self.instead else "left the API; nothing replaces it"
        return f"{self.name} {now}. The old name goes in version {self.until}: {self.reason}"

    def entry(self) -> str:
        """The entry of `overlay.toml`."""
        pairs = {"name": self.name, "instead": self.instead, "until": self.until}
        lines = [f"{k} = {json.dumps(v)}" for k, v in pairs.items() if v is not None]
        reason = f"reason = {json.dumps(self.reason, ensure_ascii=False)}"
        return "\n".join(["[[deprecated]]", *lines, reason]) + "\n"


@frozen
class Api:
    """Everything that the SDK offers."""

    operations: Mapping[str, Operation] = field(factory=dict[str, Operation])
    """By public name, sorted."""
    models: Mapping[str, Model] = field(factory=dict[str, Model])
    """By class name, sorted."""
    enums: Mapping[str, Enum] = field(factory=dict[str, Enum])
    """By class name, sorted."""
    aliases: tuple[Alias, ...] = ()
    """Released names that are kept for a while."""
    base_url: DocumentText = field(default=NO_TEXT, converter=document_text)
    """The document's first server; empty when it names none."""

    @property
    def sent_enums(self) -> frozenset[str]:
        """Enums that callers pass; the others are only read, where they are open."""
        types = [a.type for o in self.operations.values() for a in o.arguments]
        types += [f.type for m in self.models.values() if m.is_input for f in m.fields]
        return frozenset(t.name for top in types for t in top.walk() if t.kind == "enum")

    @property
    def names(self) -> frozenset[str]:
        """Every name that callers type: operations, models, enums."""
        classes = frozenset(f"models.{name}" for name in [*self.models, *self.enums])
        return classes | self.operations.keys()

    def resources(self) -> dict[str, list[Operation]]:
        """The operations by resource, both sorted."""
        found: dict[str, list[Operation]] = {}
        for name in sorted(self.operations):
            operation = self.operations[name]
            found.setdefault(operation.resource, []).append(operation)
        return dict(sorted(found.items()))
