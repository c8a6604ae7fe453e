"""How long an import takes: assumed first, then as it was measured here."""

from desktop.services.rates import Rates


def test_an_estimate_follows_what_was_measured() -> None:
    rates = Rates()
    before = rates.reading([(".pdf", 60_000_000)])
    for _ in range(20):
        rates.read(".pdf", 10_000_000, 1_000_000, 10.0)
    after = rates.reading([(".pdf", 60_000_000)])
    assert before < 15
    assert 45 < after < 75


def test_embedding_counts_when_it_is_the_slower_part() -> None:
    rates = Rates()
    rates.embedded(100, 100.0)
    files = [(".txt", 800_000)]
    assert rates.seconds(files) == rates.embedding(rates.passages(files))
    assert rates.seconds(files) > 500


def test_nothing_takes_no_time() -> None:
    assert Rates().seconds([]) == 0.0


def test_room_is_needed_for_the_copies_and_for_what_is_read() -> None:
    assert Rates().space([(".txt", 1_000_000)]) > 2_000_000
