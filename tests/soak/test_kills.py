"""An import that is killed at random moments loses, doubles and halves nothing."""

from pathlib import Path
from random import Random

import pytest

from tests.soak.drill import drill
from tests.soak.rounds import one_round

ROUNDS = 50
SEED = 1  # of the moments and victims


def test_fifty_kills_in_imports_lose_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = Random(SEED)
    data = Path(tmp_path_factory.mktemp("drill"))
    with drill(data) as site:
        for number in range(ROUNDS):
            victim = chance.choice(["worker", "web", "postgres"])
            one_round(site, number, 120, victim, chance)
