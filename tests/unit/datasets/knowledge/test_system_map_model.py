"""The map as data: what may be changed in it, what differs, and where everything is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from datasets.system_map import (
    Deed,
    MapError,
    MapFactor,
    MapInfluence,
    SystemMap,
    changes_between,
    is_own,
    own_key,
    picture_of,
    shipped_map,
)

QUEUES = MapFactor("own_queues", "society", {"sv": "Köer"}, {"sv": "Att vänta."})


def hide(found: SystemMap, key: str) -> SystemMap:
    factor = found.find(key)
    assert factor is not None
    return found.with_factor(replace(factor, is_hidden=True))


def test_the_map_comes_back_from_plain_data():
    changed = hide(shipped_map().with_factor(QUEUES), "joy")
    assert SystemMap.from_json(changed.to_json()) == changed


def test_hiding_a_factor_hides_what_leads_to_it_and_loses_nothing():
    hidden = hide(shipped_map(), "joy")
    shown = hidden.shown()
    assert shown.find("joy") is None
    assert not [one for one in shown.influences if "joy" in one.ends]
    assert len(hidden.influences) == len(shipped_map().influences)


def test_an_added_factor_stands_last_in_its_layer():
    added = shipped_map().with_factor(MapFactor("own_x", "person", {"sv": "X"}, {"sv": "X."}))
    assert added.in_layer("person")[-1].key == "own_x"
    assert [one.layer for one in added.factors] == sorted(
        (one.layer for one in added.factors), key=["person", "relations", "places", "society"].index
    )


@pytest.mark.parametrize("ends", [("joy", "joy"), ("joy", "nonsense"), ("nonsense", "joy")])
def test_an_influence_outside_the_map_is_refused(ends):
    with pytest.raises(MapError):
        shipped_map().with_influence(MapInfluence(*ends, True, {"sv": "Så."}))


def test_an_unknown_layer_is_refused():
    with pytest.raises(MapError):
        shipped_map().with_factor(replace(QUEUES, layer="nowhere"))


def test_what_is_shipped_later_comes_into_a_new_draft_and_what_was_changed_stays():
    old = SystemMap(
        tuple(replace(one, label={"sv": "Eget ord"}) for one in shipped_map().factors if one.key != "trust"),
        tuple(one for one in shipped_map().influences if "trust" not in one.ends),
    )
    new = old.with_news()
    assert new.find("trust") == shipped_map().find("trust")
    assert new.find("joy").label == {"sv": "Eget ord"}


def test_differences_are_named_by_what_was_done():
    former = shipped_map()
    joy = former.find("joy")
    new = hide(former.with_factor(QUEUES), "hope").with_factor(replace(joy, label={"sv": "Lust"}))
    new = new.with_influence(MapInfluence("own_queues", "joy", False, {"sv": "Väntan tär."}))
    found = {(change.deed, change.label["sv"]) for change in changes_between(former, new)}
    assert found == {
        (Deed.ADDED, "Köer"), (Deed.HIDDEN, "Framtidstro"), (Deed.CHANGED, "Lust"),
    }  # fmt: skip
    assert {(c.deed, c.target and c.target["sv"]) for c in changes_between(new, former)} >= {(Deed.GONE, "Glädje")}
    assert changes_between(former, former) == ()


def test_keys_of_added_factors_are_plain_and_never_taken_twice():
    first = own_key("Köer i vården!", [])
    assert first == "own_koer_i_varden"
    assert own_key("Köer i vården!", [first]) == "own_koer_i_varden_2"
    assert own_key("…", []) == "own_factor"
    assert is_own(first)
    assert not any(is_own(one.key) for one in shipped_map().factors)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_in_the_picture_overlaps_or_falls_outside(lang):
    picture = picture_of(shipped_map().shown(), lang)
    boxes = picture.boxes
    assert len(boxes) == len(shipped_map().factors)
    for n, box in enumerate(boxes):
        assert 0 <= box.x <= picture.width - picture.box_width
        assert 0 <= box.y <= picture.height - picture.box_height
        assert all(len(words) <= 26 for _y, words in box.lines)
        for other in boxes[n + 1 :]:
            assert box.x != other.x or abs(box.y - other.y) >= picture.box_height + 6


def test_the_picture_is_read_layer_by_layer_from_top_to_bottom():
    picture = picture_of(shipped_map().shown(), "sv")
    assert [(box.column, box.y) for box in picture.boxes] == sorted((box.column, box.y) for box in picture.boxes)


def test_a_map_of_one_factor_or_none_can_be_drawn():
    assert picture_of(SystemMap((), ()), "sv").boxes == ()
    assert len(picture_of(SystemMap((QUEUES,), ()), "sv").boxes) == 1
