"""What the views of importing share: what the fields suggest."""

from typing import Any

from reader.models import Desk, Source, User

ZONES = """
Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Bogota America/Chicago
America/Los_Angeles America/Mexico_City America/New_York America/Sao_Paulo Asia/Beirut Asia/Dubai
Asia/Hong_Kong Asia/Jerusalem Asia/Kolkata Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Tokyo
Australia/Sydney Europe/Athens Europe/Berlin Europe/Brussels Europe/Istanbul Europe/Kyiv
Europe/London Europe/Madrid Europe/Moscow Europe/Paris Europe/Prague Europe/Rome Europe/Warsaw
Pacific/Auckland UTC
""".split()


def choices() -> dict[str, Any]:
    """What the source and zone fields suggest; anything else may be typed."""
    return {"sources": Source.objects.values_list("name", flat=True), "zones": ZONES}


def zone_of(person: User, desk: Desk) -> str:
    """The zone in which the person sees times: their own, else the desk's."""
    return person.zone or desk.zone
