"""Who does what, and opposite things said of one."""

import pytest

from claims.engine import frames
from claims.engine.readings import Frame
from tests.claims.engine.statements import parse


def frame(text: str) -> Frame:
    (found,) = frames.read(parse(text))
    assert found is not None
    return found


def test_whom_nothing_names_is_nobody() -> None:
    assert frame("Our correspondent has been told of a secret annex.").verb == "tell"


@pytest.mark.parametrize(
    ("text", "subjects", "verb", "objects"),
    [
        ("Police closed the bridge.", ("police",), "close", ("bridge",)),
        ("The bridge was closed by police on Monday.", ("police",), "close", ("bridge",)),
        ("A group of pilgrims was seen near Leeds.", (), "see", ("pilgrim",)),
        ("The bank is expected to raise rates.", ("bank",), "raise", ("rate",)),
        ("Oslo and Lima supply the clinics.", ("norway", "peru"), "supply", ("clinic",)),
        ("The firm, which makes tyres, plans to open a plant.", ("firm",), "open", ("plant",)),
        ("Officers and staff, he added, were seen in Leeds.", (), "see", ("officer", "staff")),
        ("A deal between Peru and Chile was signed by the two.", (), "sign", ("deal",)),
        ("The first units trained in Norway have arrived.", ("unit",), "arrive", ()),
        ("A team that counted heads repaired the hall.", ("team",), "repair", ("hall",)),
        ("Some maximum sustained winds had dropped.", ("wind",), "drop", ()),
        ("The driver is in a critical condition.", ("driver",), "be", ("critical", "condition")),
        ("Peru provided tents.", ("peru",), "supply", ("tent",)),
        ("There is a lack of water.", (), "lack", ("water",)),
        ("Nurses complain of a shortage of beds and masks.", ("nurse",), "lack", ("bed", "mask")),
        ("The crew is being given coats and boots.", ("crew",), "receive", ("coat", "boot")),
        ("The mills have burned 400 tonnes.", ("mill",), "burn", ("tonne",)),
        ("Locusts have defoliated 400 trees.", ("locust",), "defoliat", ("tree",)),
        ("The rains have driven 30 clerks out.", ("rain",), "drive out", ("clerk",)),
        ("Highway 12 remains closed.", ("highway",), "remain", ("closed",)),
        ("Highway 12 reopened on Monday.", ("highway",), "reopen", ()),
        ("Former Belmar mayor Anton Krusk was sued.", (), "sue", ("krusk",)),
        ("Former Belmar mayor Anton Krusk resigned.", ("krusk",), "resign", ()),
        ("The museum has a deficit of talent.", ("museum",), "have", ("deficit",)),
        ("Norway has sent about 10,000 nurses to Peru.", ("norway",), "send", ("nurse",)),
    ],
)
def test_frames(text: str, subjects: tuple[str, ...], verb: str, objects: tuple[str, ...]) -> None:
    assert frame(text) == Frame(subjects=subjects, verb=verb, objects=objects)


@pytest.mark.parametrize(
    "text",
    [
        "The union did not accept the offer.",
        "The union refused to accept the offer.",
        "The union has not accepted the offer.",
    ],
)
def test_what_is_refused_is_negated(text: str) -> None:
    assert frame(text) == Frame(
        subjects=("union",), verb="accept", objects=("offer",), negated=True
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The school opened.", "The school closed.", ("open", "close")),
        ("Police closed the bridge.", "Police opened the bridge.", ("close", "open")),
        ("The pilot is dead.", "The pilot is alive.", ("dead", "alive")),
        (
            "The crew is being given coats.",
            "The crew complains of a shortage of coats.",
            ("receive", "lack"),
        ),
        ("The school opened.", "The museum closed.", None),
        ("The school closed.", "Teachers opened the school.", ("close", "open")),
        ("Herds were left without water.", "Herds remain without water.", None),
        ("The coach attacked the referee.", "The referee defended the coach.", None),
        ("The school opened.", "The school did not close.", None),
        ("The school opened.", "The school opened.", None),
    ],
)
def test_opposites_need_the_same_thing(a: str, b: str, expected: tuple[str, str] | None) -> None:
    assert frames.opposition(frame(a), frame(b)) == expected


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Vladimir Putin and Kim Jong Un signed the treaty.", ("putin", "kim")),
        ("Moon Jae-in opened the bridge.", ("moon",)),
        ("Xi Jinping opened the fair. Xi left early.", ("xi",)),
        ("Kim Jong Un opened the fair. Kim left early.", ("kim",)),
        ("Anna Lee opened the fair. Lee left early.", ("lee",)),
        ("Lee Harvey Oswald opened the fair.", ("oswald",)),
    ],
)
def test_a_person_is_called_by_the_family_s_name(text: str, subjects: tuple[str, ...]) -> None:
    (found, *_) = frames.read(parse(text))
    assert found is not None
    assert found.subjects == subjects
