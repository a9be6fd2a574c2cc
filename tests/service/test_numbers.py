"""What operators watch."""

from dryfly.platform.telemetry import Metrics
from dryfly.service.numbers import count_sites
from tests.service.conftest import House


async def test_the_numbers_are_those_of_the_floor(house: House) -> None:
    metrics = Metrics()
    count_sites(metrics)(house.site)
    await house.desk("bob", chats_max=1)
    for name in ("ann", "eve", "zoe"):
        await (await house.visitor()).writes(f"hello from {name}")
    told = metrics.render().decode()
    assert 'dryfly_open_contacts{site="main"} 3.0' in told
    assert 'dryfly_waiting_contacts{site="main"} 3.0' in told  # one of them is offered
    assert 'dryfly_ready_agents{site="main"} 1.0' in told
    assert 'dryfly_open_pages{site="main"} 4.0' in told
    assert 'dryfly_writing{site="main"} 1.0' in told
