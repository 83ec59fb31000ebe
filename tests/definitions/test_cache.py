from definitions.cache import Lru


def test_what_was_used_longest_ago_is_forgotten_first():
    kept = Lru[int](2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1  # so that b is now the older
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_putting_again_counts_as_use_and_takes_no_room():
    kept = Lru[int](2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        kept.put(key, value)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (3, None, 4)


def test_it_never_holds_more_than_its_bound():
    kept = Lru[int](3)
    for number in range(50):
        kept.put(str(number), number)
        assert len(kept) == min(number + 1, 3)
