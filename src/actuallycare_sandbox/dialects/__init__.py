"""The dialects that the sandbox speaks: as published, and as an older back end did.

A dialect rewrites the document and the bodies. Behaviour that needs the stored records is in
`handlers.older`.
"""

from __future__ import annotations
