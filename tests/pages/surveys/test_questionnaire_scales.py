"""Pages of a draft's scales and batteries, without script: what an official writes, and what is said kindly."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from portal.tenancy.scope import scope
from surveys.drafting import outline, own_scores, scales
from surveys.models import QuestionnaireDraft
from surveys.services.drafts import questionnaire_begin, questionnaire_extend
from surveys.services.publishing_questionnaires import draft_publish
from tests.pages.surveys.conftest import at_work, now, words
from tests.world import World


def test_a_scale_is_made_for_a_question_and_changed_on_its_page(world: World, visit: Any, draft: Any) -> None:
    empty = visit("questionnaire-draft-scale-add", draft.pk, data={"revision": 1, "answers": "Aldrig"})
    assert empty.status_code == 422
    assert "from 2 to 11 answers" in words(empty)
    made = {"revision": 1, "name": "Hur ofta", "answers": "Aldrig\nIbland\n\nOfta", "question": "joy"}
    answer = visit("questionnaire-draft-scale-add", draft.pk, data=made)
    assert answer["Location"].endswith("/skalor/hur_ofta/")
    assert outline.question_of(now(world).definition, "joy")["scale"] == "hur_ofta"
    page = visit("questionnaire-draft-scale", draft.pk, "hur_ofta")
    assert "used by 1 question" in words(page)
    sent = {"revision": 2, "choices": "3", "name": "Ofta", "op": "choice-without:dont_know"}
    for number, (code, said) in enumerate([("aldrig", "Aldrig"), ("ibland", "Ibland"), ("ofta", "Jämt")]):
        sent |= {f"choice-{number}.code": code, f"choice-{number}.text.sv": said}
    assert visit("questionnaire-draft-scale", draft.pk, "hur_ofta", data=sent).status_code == 302
    scale = scales.scale_of(now(world).definition, "hur_ofta")
    assert [(one["code"], one["text"]["sv"]) for one in scale["choices"]][2:] == [
        ("ofta", "Jämt"), ("dont_know", "Vet inte"),
    ]  # fmt: skip
    gone = visit("questionnaire-draft-scale", draft.pk, "hur_ofta", data={"revision": 3, "op": "remove:"})
    assert gone.status_code == 422
    assert "Choose another one for them first" in words(gone)


def test_statements_are_put_together_and_one_is_taken_out(world: World, visit: Any, draft: Any) -> None:
    begun = {"kind": "battery", "words": "Hur ofta?", "section": "days", "revision": 1}
    there = visit("questionnaire-draft-add", draft.pk, data=begun)["Location"]
    assert "/pastaenden/?avsnitt=days" in there
    empty = visit("questionnaire-draft-battery-add", draft.pk, data={"revision": 1, "statements": "Jag läser."})
    assert empty.status_code == 422
    assert "Write the lead-in" in words(empty)
    made = {"stem": "Hur ofta?", "statements": "Jag läser.\nJag vilar.", "section": "days", "revision": 1}
    assert visit("questionnaire-draft-battery-add", draft.pk, data=made)["Location"].endswith("/hur_ofta/")
    outlined = words(visit("questionnaire-draft", draft.pk))
    assert outlined.index("Hur ofta?") < outlined.index("Jag läser.") < outlined.index("Jag vilar.")
    more = {
        "revision": 2,
        "text.sv": "Hur ofta?",
        "statements": "Jag äter.",
        "has.without": "yes",
        "without": "dont_know",
    }
    assert visit("questionnaire-draft-battery", draft.pk, "hur_ofta", data=more).status_code == 302
    rows = [one for one in now(world).definition["questions"] if one.get("battery")]
    assert [one["code"] for one in rows] == ["jag_laser", "jag_vilar", "jag_ater"]
    assert {one["choices"][0]["code"] for one in rows} == {"dont_know"}
    visit("questionnaire-draft-battery", draft.pk, "hur_ofta", data={"revision": 3, "op": "row-leave:jag_ater"})
    visit("questionnaire-draft-question", draft.pk, "jag_vilar", data={"revision": 4, "op": "leave"})
    assert not any(one.get("battery") for one in now(world).definition["questions"])
    joined = visit("questionnaire-draft-question", draft.pk, "jag_vilar", data={"revision": 5, "op": "join"})
    assert joined["Location"].endswith("/pastaenden/statements/")


def test_a_number_that_is_none_is_told_at_its_field_and_what_was_written_stays(
    world: World,
    visit: Any,
    draft: Any,
) -> None:
    sent = {"revision": 1, "max_choices": "ett par", "min_choices": "1"}
    answer = visit("questionnaire-draft-question", draft.pk, "hinders", data=sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="ett par"' in page
    assert 'aria-describedby="max_choices_error"' in page
    assert "Write a number" in words(answer)
    assert now(world).revision == 1


@pytest.mark.parametrize("field", ["name", "choice-0.text.sv"])
def test_a_scale_that_the_region_shares_stays_as_it_is(world: World, visit: Any, field: str) -> None:
    with transaction.atomic(), scope(world.region.pk):
        definition = outline.ready("lanets")
        scales.use(definition, "joy", scales.scale_add(definition, "Ofta", ["Aldrig", "Ofta"]))
        for choice, said in zip(scales.scale_of(definition, "ofta")["choices"], ("Never", "Often"), strict=True):
            choice["text"]["en"] = said
        for side in ("low", "high"):
            scales.scale_of(definition, "ofta")[side]["text"]["en"] = "often"
        made = questionnaire_begin(definition=definition, by=world.rut)
        shared = draft_publish(draft=made, revision=1, by=world.rut, tenant=world.region, shared=True)
    with at_work(world):
        own = questionnaire_extend(version=shared, title={"sv": "Våra"}, by=world.alma)
    assert "the region's and stays as it is" in words(visit("questionnaire-draft-scale", own.pk, "ofta"))
    sent = {"revision": 1, "choices": "2", "choice-0.code": "aldrig", "choice-1.code": "ofta", "name": "Ofta"}
    sent |= {"choice-0.text.sv": "Aldrig", "choice-1.text.sv": "Ofta", field: "Något annat"}
    assert visit("questionnaire-draft-scale", own.pk, "ofta", data=sent).status_code == 409
    with at_work(world):
        kept = QuestionnaireDraft.in_scope().get(pk=own.pk).definition
    assert scales.scale_of(kept, "ofta") == scales.scale_of(shared.definition, "ofta")


def test_a_score_is_made_tried_and_saved(world: World, visit: Any, draft: Any) -> None:
    empty = visit(
        "questionnaire-draft-score-add", draft.pk, data={"revision": 1, "title": "Dagarna", "items": "joy"}
    )
    assert empty.status_code == 422
    made = {"revision": 1, "title": "Dagarna", "items": ["joy", "close", "belonging"]}
    assert visit("questionnaire-draft-score-add", draft.pk, data=made)["Location"].endswith("/matt/dagarna/")
    sent = {
        "revision": 2,
        "items": ["joy", "close", "belonging"],
        "reversed": "close",
        "method": "sum",
        "multiply": "5",
    }
    tried = {"try-joy": "often", "try-close": "fully", "try-belonging": "fully"}
    said = words(visit("questionnaire-draft-score", draft.pk, "dagarna", data=sent | tried | {"op": "try"}))
    assert "3, 0, 4 give 35" in said
    assert now(world).revision == 2
    assert visit("questionnaire-draft-score", draft.pk, "dagarna", data=sent).status_code == 302
    score = own_scores.score_of_draft(now(world).definition, "dagarna")
    assert (score["multiply"], score["reversed"]) == (5, ["close"])
    wrong = visit("questionnaire-draft-score", draft.pk, "dagarna", data=sent | {"revision": 3, "multiply": "fem"})
    assert wrong.status_code == 422
    assert 'value="fem"' in wrong.content.decode()


def test_a_value_is_worked_out_of_answers_and_opens_a_question(world: World, visit: Any, draft: Any) -> None:
    made = {"kind": "calculated", "words": "Tungt just nu", "section": "ahead", "revision": 1}
    assert visit("questionnaire-draft-add", draft.pk, data=made).status_code == 302
    wrong = visit(
        "questionnaire-draft-question", draft.pk, "tungt_just_nu", data={"revision": 2, "calculation": "${joy"}
    )
    assert wrong.status_code == 422
    assert "calculation_error" in wrong.content.decode()
    sent = {"revision": 2, "calculation": "if(selected(${joy}, 'never'), 1, 0)"}
    assert visit("questionnaire-draft-question", draft.pk, "tungt_just_nu", data=sent).status_code == 302
    assert outline.question_of(now(world).definition, "tungt_just_nu")["calculation"] == sent["calculation"]


def test_a_section_is_for_some_by_two_rows(world: World, visit: Any, draft: Any) -> None:
    begun = {"revision": 1, "title.sv": "Mer", "condition": "rows", "row-0.question": "joy", "op": "rows"}
    page = visit("questionnaire-draft-section", draft.pk, "ahead", data=begun).content.decode()
    assert 'name="row-0.values" value="never"' in page
    sent = begun | {"op": "", "joined": "any", "row-0.relation": "any_of", "row-0.values": ["never", "seldom"]}
    sent |= {"row-1.question": "hinders", "row-1.relation": "unanswered", "revision": now(world).revision}
    visit("questionnaire-draft-section", draft.pk, "ahead", data=sent)
    section = outline.section_of(now(world).definition, "ahead")
    assert (
        section["show_if"]
        == "selected(${joy}, 'never') or selected(${joy}, 'seldom') or not(answered(${hinders}))"
    )
