"""The card of what no rule of ours decides: a language model's finding, where one is configured.

What is asked and what counts stands in `claims.engine.consulting`; the kind is the finding's own.
"""

from claims.engine.rules.base import RuleCard

CARD = RuleCard(
    name="model-relation",
    kind="description",
    sentence="A language model was asked about two claims of one point on which every rule is "
    "silent. It says that they conflict and quotes the words of each, which are there word for "
    "word. No rule checks this: read both quotes. Always a suggestion.",
    example="“The harbour is open to all ships” / “Only ferries may dock”",
)
