"""Names and words for sample records. All are invented: no such people or streets exist."""

from __future__ import annotations

FIRST_NAMES = (
    "Alfa",
    "Bravo",
    "Charlie",
    "Delta",
    "Echo",
    "Foxtrot",
    "Golf",
    "Hotel",
    "India",
    "Juliett",
    "Kilo",
    "Lima",
    "Mike",
    "November",
    "Oscar",
    "Papa",
    "Quebec",
    "Romeo",
    "Sierra",
    "Tango",
    "Uniform",
    "Victor",
    "Whiskey",
    "Xray",
    "Yankee",
    "Zulu",
)
LAST_NAMES = (
    "Samplealder",
    "Samplebirch",
    "Samplecedar",
    "Sampledogwood",
    "Sampleelm",
    "Samplefir",
    "Samplehazel",
    "Sampleholly",
    "Samplejuniper",
    "Samplelarch",
    "Samplemaple",
    "Sampleoak",
    "Samplepine",
    "Samplerowan",
    "Samplespruce",
    "Samplewillow",
    "Sampleyew",
)
STREETS = (
    "Example Avenue",
    "Fixture Lane",
    "Mockingbird Sample Way",
    "Placeholder Court",
    "Prototype Drive",
    "Sandbox Street",
    "Specimen Road",
    "Test Orchard Circle",
)
CITIES = (
    ("Bakersfield", "Kern", "93301", 35.373, -119.019),
    ("Tehachapi", "Kern", "93561", 35.132, -118.449),
    ("Delano", "Kern", "93215", 35.769, -119.247),
    ("Visalia", "Tulare", "93277", 36.330, -119.292),
    ("Fresno", "Fresno", "93721", 36.738, -119.787),
)
PROPERTY_TYPES = ("single_family", "condo", "townhouse", "multi_family", "land", "manufactured")
SOURCES = ("Website Form", "Open House", "Referral", "Sign Call", "Past Client")
TIMELINES = ("0-3 months", "3-6 months", "6-12 months", "over 12 months")
COMPANIES = ("Example Title", "Sample Escrow Co", "Fixture Lending", "Placeholder Inspections")
CONTACT_TYPES = ("buyer", "seller", "lender", "vendor", "escrow_officer", "inspector")
VISITS = ("Showing", "Inspection", "Signing", "Meeting", "Call")
