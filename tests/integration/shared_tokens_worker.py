"""One of the processes of test_shared_tokens: a call for each line of its input."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path

from actuallycare import ActuallyCareError, AsyncActuallyCare, Login, Tokens


class FileStore:
    """Tokens in a file that only this user can read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def load(self) -> Tokens | None:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        renew_at = kept["renew_at"]
        return Tokens(
            kept["access_token"],
            kept["refresh_token"],
            datetime.fromisoformat(renew_at) if renew_at else None,
        )

    async def save(self, tokens: Tokens) -> None:
        kept = {
            "access_token": tokens.access_token,
            "refresh_token": tokens.refresh_token,
            "renew_at": tokens.renew_at.isoformat() if tokens.renew_at else None,
        }
        temporary = self._path.with_suffix(".new")
        temporary.touch(mode=0o600)
        temporary.write_text(json.dumps(kept), encoding="utf-8")
        temporary.replace(self._path)


async def main() -> None:
    base_url, email, password, path = sys.argv[1:]
    async with AsyncActuallyCare(
        token=Login(email, password), token_store=FileStore(Path(path)), base_url=base_url
    ) as client:
        while await asyncio.to_thread(sys.stdin.readline):
            try:
                await client.contacts.list(limit=1)
                outcome = "done"
            except ActuallyCareError as error:
                outcome = repr(error)
            print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
