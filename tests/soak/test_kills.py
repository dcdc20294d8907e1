"""An import that is killed at random moments loses, doubles and halves nothing."""

import os
from pathlib import Path
from random import Random

import pytest

from tests.soak.drill import drill, one_round

ROUNDS = 50
SEED = int(os.environ.get("PARALLAX_SOAK_SEED", "1"))


def test_fifty_kills_in_imports_lose_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = Random(SEED)
    data = Path(tmp_path_factory.mktemp("drill"))
    with drill(data) as site:
        for number in range(ROUNDS):
            victim = chance.choice(["worker", "web", "postgres"])
            one_round(site, number, 120, victim, chance)
