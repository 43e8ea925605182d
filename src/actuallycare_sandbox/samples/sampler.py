"""Generate sample records: plausible, clearly invented, and the same for the same seed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from attrs import define

from ..clock import timestamp
from ..json_value import Record
from . import words

EPOCH = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
"""Time of the latest change in the sample records."""

SHARES = {
    "listings": 0.40,
    "leads": 0.20,
    "clients": 0.15,
    "appointments": 0.10,
    "escrows": 0.08,
    "contacts": 0.07,
}
"""Share of each resource in the total number of records."""


def counts(records: int) -> dict[str, int]:
    """Return the number of records of each resource; they add up to `records`."""
    shares = {kind: int(records * share) for kind, share in SHARES.items()}
    shares["listings"] += records - sum(shares.values())
    return shares


@define
class Sampler:
    """Generates records from one random generator, in a fixed order."""

    random: Random
    """The seeded random generator."""
    owners: list[str]
    """Ids of the users who own the records."""
    clients: list[str]
    """Ids of the clients generated so far, which appointments refer to."""

    def records(self, total: int) -> Iterator[tuple[str, Record, str]]:
        """Yield (resource, record, owner) for each record, oldest first within its resource.

        Clients come first, because appointments refer to them.
        """
        numbers = counts(total)
        generators: dict[str, Callable[[int], Record]] = {
            "clients": self._client,
            "leads": self._lead,
            "listings": self._listing,
            "escrows": self._escrow,
            "appointments": self._appointment,
            "contacts": self._contact,
        }
        for kind, generate in generators.items():
            for number in range(numbers[kind]):
                owner = self.random.choice(self.owners)
                age = number / numbers[kind]
                record = self._with_metadata(kind, generate(number), owner, age)
                if kind == "clients":
                    self.clients.append(record["id"])
                yield kind, record, owner

    def _with_metadata(self, kind: str, record: Record, owner: str, age: float) -> Record:
        created = EPOCH - timedelta(days=400 * (1 - age), seconds=self.random.randrange(3600))
        updated = min(EPOCH, created + timedelta(hours=self.random.randrange(1, 400)))
        return {
            "id": str(uuid.UUID(int=self.random.getrandbits(128), version=4)),
            **record,
            "user_id": owner,
            "created_at": timestamp(created),
            "updated_at": timestamp(updated),
            **({} if kind == "contacts" else {"version": 1}),
        }

    def _listing(self, number: int) -> Record:
        bedrooms = self.random.randint(1, 6)
        listed = self._day(-400, 0)
        return {
            "mls_number": f"ML8{1_000_000 + number}",
            **self._address("address"),
            "list_price": self.random.randrange(180, 1500) * 1000,
            "status": self._one("active", "active", "active", "pending", "sold", "expired"),
            "property_type": self.random.choice(words.PROPERTY_TYPES),
            "bedrooms": bedrooms,
            "bathrooms": bedrooms / 2 + 0.5,
            "square_feet": 600 + bedrooms * self.random.randrange(250, 500),
            "lot_size": self.random.randrange(2_000, 40_000),
            "year_built": self.random.randint(1925, 2025),
            "description": self._one("Sample listing, light and quiet", "Sample listing", None),
            "listing_date": listed.isoformat(),
            "expiration_date": (listed + timedelta(days=180)).isoformat(),
        }

    def _client(self, number: int) -> Record:
        first, last = self._name()
        lowest = self.random.randrange(150, 900) * 1000
        return {
            "first_name": first,
            "last_name": last,
            "email": f"{first}.{last}.{number}@example.com".lower(),
            "phone": self._phone(),
            "client_type": self._one("buyer", "buyer", "seller", "both"),
            "status": self._one("active", "active", "inactive", "closed"),
            "source": self.random.choice(words.SOURCES),
            "budget_min": lowest,
            "budget_max": lowest + self.random.randrange(50, 300) * 1000,
            "lead_id": None,
            "notes": None,
        }

    def _lead(self, number: int) -> Record:
        first, last = self._name()
        return {
            "name": f"{first} {last}",
            "email": f"{first}.{last}.lead{number}@example.org".lower(),
            "phone": self._phone(),
            "source": self.random.choice(words.SOURCES),
            "status": self._one("new", "new", "contacted", "qualified", "unqualified", "lost"),
            "lead_type": self._one("buyer", "seller"),
            "interest_level": self._one("hot", "warm", "warm", "cold", None),
            "budget": self.random.randrange(150, 1200) * 1000,
            "timeline": self.random.choice(words.TIMELINES),
            "converted_to_client_id": None,
            "converted_at": None,
            "notes": None,
        }

    def _escrow(self, number: int) -> Record:
        address = self._address("property_address")
        price = self.random.randrange(180, 1500) * 1000
        accepted = self._day(-300, 20)
        percentage = self._one(2.0, 2.5, 3.0)
        archived = self.random.random() < 0.1
        return {
            "escrow_number": f"SMP-{10_000 + number}",
            "display_id": f"ESC-2026-{number + 1:04}",
            **address,
            "display_address": address["property_address"],
            "county": next(c[1] for c in words.CITIES if c[0] == address["city"]),
            "latitude": next(c[3] for c in words.CITIES if c[0] == address["city"]),
            "longitude": next(c[4] for c in words.CITIES if c[0] == address["city"]),
            "purchase_price": price,
            "buyer_commission": round(price * percentage / 100),
            "buyer_commission_percentage": percentage,
            "seller_commission": None,
            "seller_commission_percentage": None,
            "representation_type": self._one("buyer", "seller", "dual"),
            "status": self._one("active", "pending", "closed", "closed", "cancelled"),
            "acceptance_date": accepted.isoformat(),
            "closing_date": (accepted + timedelta(days=self.random.randint(21, 60))).isoformat(),
            "is_archived": archived,
            "archived_at": timestamp(EPOCH) if archived else None,
        }

    def _appointment(self, number: int) -> Record:
        start = datetime.combine(self._day(-60, 90), datetime.min.time(), UTC)
        start += timedelta(hours=self.random.randint(15, 23))
        kind = self.random.choice(words.VISITS)
        coming = start > EPOCH
        return {
            "title": f"{kind} {number + 1}",
            "appointment_type": kind.lower(),
            "start_time": _seconds(start),
            "end_time": _seconds(start + timedelta(hours=1)),
            "location": self._address("location")["location"],
            "client_id": self.random.choice(self.clients) if self.clients else None,
            "status": "scheduled" if coming else self._one("completed", "cancelled", "no_show"),
            "notes": None,
        }

    def _contact(self, number: int) -> Record:
        first, last = self._name()
        kind = self.random.choice(words.CONTACT_TYPES)
        return {
            "first_name": first,
            "last_name": last,
            "full_name": f"{first} {last}",
            "email": f"{first}.{last}.contact{number}@example.org".lower(),
            "phone": self._phone(),
            "contact_type": kind,
            "contact_status": self._one("active", "active", "inactive"),
            "company": None if kind in ("buyer", "seller") else self._one(*words.COMPANIES),
            "license_number": f"SAMPLE{number:06}" if kind == "lender" else None,
            **self._address("street_address"),
            "notes": None,
            "is_archived": self.random.random() < 0.1,
        }

    def _address(self, field: str) -> Record:
        city, _, zip_code, _, _ = self.random.choice(words.CITIES)
        street = f"{self.random.randint(1, 9999)} {self.random.choice(words.STREETS)}"
        return {field: street, "city": city, "state": "CA", "zip_code": zip_code}

    def _name(self) -> tuple[str, str]:
        return self.random.choice(words.FIRST_NAMES), self.random.choice(words.LAST_NAMES)

    def _phone(self) -> str:
        # 555-0100 to 555-0199 are reserved for fictional use.
        return f"(661) 555-01{self.random.randrange(100):02}"

    def _day(self, earliest: int, latest: int) -> date:
        return EPOCH.date() + timedelta(days=self.random.randint(earliest, latest))

    def _one(self, *choices: Any) -> Any:
        return self.random.choice(choices)


def _seconds(at: datetime) -> str:
    """Format a time as in appointments, without a fraction: `2026-07-10T17:00:00Z`."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
