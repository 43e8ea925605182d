"""Operations that return text or a download. Imported only by generated code that has one."""

from __future__ import annotations

from .operation import Call
from .resource import Resource


class ContentResource(Resource):
    """A resource with operations whose response is not JSON."""

    async def _text(self, call: Call) -> str:
        exchange = await self._sender.send(call)
        return self._result(exchange.response.content.decode("utf-8", "replace"), exchange)

    async def _bytes(self, call: Call) -> bytes:
        exchange = await self._sender.send(call)
        return self._result(exchange.response.content, exchange)
