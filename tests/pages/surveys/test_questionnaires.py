"""Pages of questionnaires: what a tired official meets, and what two who write at once are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from portal.tenancy.scope import scope
from surveys.drafting import bank, outline
from surveys.models import Questionnaire, QuestionnaireDraft, QuestionnaireVersion, SurveyRound
from surveys.questionnaire import wellbeing
from surveys.services.drafts import draft_begin, draft_change, questionnaire_begin
from surveys.services.publishing_questionnaires import draft_publish
from surveys.services.questionnaires import wellbeing_version
from surveys.xlsform import read_xlsform, write_xlsform
from tests.conftest import client_of
from tests.pages.surveys.conftest import at_work, now, words
from tests.world import World


def codes(draft: QuestionnaireDraft) -> list[str]:
    return [question["code"] for question in draft.definition["questions"]]


def test_the_first_thing_is_the_ready_questionnaire_with_its_size(visit: Any) -> None:
    said = words(visit("questionnaire-list"))
    assert "The ready questionnaire: 30 questions, about 6 min" in said
    assert said.index("Use it") < said.index("Change it") < said.index("Begin a new questionnaire")
    assert "Change it" not in words(visit("questionnaire-list", who="vera"))


@pytest.mark.parametrize("begun, count", [({"from": "ready"}, 30), ({"from": "blank", "title": "Vår"}, 1)])
def test_a_draft_is_begun_with_one_button(world: World, visit: Any, begun: dict[str, str], count: int) -> None:
    answer = visit("questionnaire-create", data=begun)
    assert answer.status_code == 302
    assert len(codes(now(world))) == count


def test_the_outline_moves_takes_away_and_undoes(world: World, visit: Any, draft: QuestionnaireDraft) -> None:
    before = codes(draft)
    for revision, op in ((1, "up:gender"), (2, "remove:money"), (3, "undo"), (4, "undo")):
        answer = visit("questionnaire-draft", draft.pk, data={"op": op, "revision": revision})
        assert answer.status_code == 302
    assert codes(now(world)) == before


def test_an_old_page_changes_nothing_and_says_so(world: World, visit: Any, draft: QuestionnaireDraft) -> None:
    visit("questionnaire-draft", draft.pk, data={"op": "remove:money", "revision": 1})
    client = client_of(world, "adam")
    client.cookies["language"] = "en"
    address = reverse("questionnaire-draft", args=["alvik", draft.pk])
    answer = client.post(address, {"op": "remove:joy", "revision": 1}, follow=True)
    assert "changed elsewhere" in words(answer)
    assert "joy" in codes(now(world))


def test_what_was_written_in_an_old_page_is_not_lost(world: World, visit: Any, draft: QuestionnaireDraft) -> None:
    visit("questionnaire-draft", draft.pk, data={"op": "remove:money", "revision": 1})
    written = {"revision": 1, "has.text": "yes", "text.sv": "Helt nya ord?", "text.en": "Quite new words?"}
    answer = visit("questionnaire-draft-question", draft.pk, "joy", data=written)
    assert answer.status_code == 409
    assert "Helt nya ord?" in answer.content.decode()
    assert "Helt nya ord?" not in str(now(world).definition)
    part = visit("questionnaire-draft-question", draft.pk, "joy", data=written, **{"HX-Request": "true"})
    assert part.status_code == 200
    assert "changed elsewhere" in words(part)


def test_a_question_from_the_bank_is_found_and_added(world: World, visit: Any, draft: QuestionnaireDraft) -> None:
    found = words(visit("questionnaire-draft-bank", draft.pk, query="?ord=ensam&avsnitt=others"))
    assert "1 question" in found
    assert "also in Lupp, Stockholmsenkäten" in found
    visit("questionnaire-draft-bank", draft.pk, data={"code": "lonely", "section": "others", "revision": 1})
    question = outline.question_of(now(world).definition, "lonely")
    assert (question["bank"], question["sensitive"], question["section"]) == ("lonely", True, "others")


def test_a_question_of_ones_own_begins_with_its_words(world: World, visit: Any, draft: QuestionnaireDraft) -> None:
    empty = visit("questionnaire-draft-add", draft.pk, data={"kind": "single", "words": "", "revision": 1})
    assert empty.status_code == 422
    made = {"kind": "single", "words": "Vilken dag passar dig?", "section": "leisure", "revision": 1}
    answer = visit("questionnaire-draft-add", draft.pk, data=made)
    assert answer["Location"].endswith("/fraga/vilken_dag_passar_dig/")
    said = words(visit("questionnaire-draft-question", draft.pk, "vilken_dag_passar_dig"))
    assert "at least two answers" in said


def test_publishing_tells_every_problem_with_a_way_there(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    visit("questionnaire-draft-texts", draft.pk, data={"op": "add", "language": "ar", "revision": 1})
    visit("questionnaire-draft", draft.pk, data={"op": "remove:occupation", "revision": 2})
    answer = visit("questionnaire-draft-publish", draft.pk, data={"revision": 3})
    assert answer.status_code == 422
    said = words(answer)
    assert "texts lack" in said
    assert "depends on a question that is gone: occupation" in said
    page = answer.content.decode()
    assert reverse("questionnaire-draft-question", args=["alvik", draft.pk, "attendance"]) in page
    with at_work(world):
        assert not QuestionnaireVersion.objects.own().exists()


def test_texts_are_written_in_a_language_from_right_to_left(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    visit("questionnaire-draft-texts", draft.pk, data={"op": "add", "language": "ar", "revision": 1})
    page = visit("questionnaire-draft-texts", draft.pk, query="?sprak=ar").content.decode()
    assert 'lang="ar" dir="rtl"' in page
    written = {"op": "save", "language": "ar", "revision": 2, "t:title": "كيف حالك؟", "t:no.such.place": "x"}
    visit("questionnaire-draft-texts", draft.pk, data=written)
    assert now(world).definition["title"]["ar"] == "كيف حالك؟"
    assert 'dir="rtl"' in visit("questionnaire-draft-preview", draft.pk, query="?sprak=ar").content.decode()


def test_the_simulator_tells_what_somebody_outside_school_gets(visit: Any, draft: QuestionnaireDraft) -> None:
    said = words(visit("questionnaire-draft-trial", draft.pk, query="?person=outside"))
    assert "27 questions on 7 pages, about 5 min" in said
    asked, _heading, rest = said.partition("Not asked")
    assert "How much have you been at school" in rest
    assert "I get the support I need" in asked


def test_a_round_is_held_with_a_questionnaire_of_ones_own(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    with at_work(world):
        version = draft_publish(draft=draft, revision=1, by=world.alma, tenant=world.alvik)
    page = visit("survey-round-create", query=f"?version={version.pk}")
    form = page.context["form"]
    assert form["questionnaire"].value() == str(version.pk)
    sent = {field.html_name: field.value() or "" for field in form} | {
        "opens_at": "2099-01-01T09:00", "closes_at": "2099-02-01T09:00",
    }  # fmt: skip
    assert visit("survey-round-create", data=sent).status_code == 302
    with at_work(world):
        survey_round = SurveyRound.objects.own().get()
    assert survey_round.version_id == version.pk
    assert "version 1" in words(visit("survey-round-detail", survey_round.pk))
    sent["questionnaire"] = str(draft.pk)
    assert visit("survey-round-create", data=sent).status_code == 422


def test_an_xlsform_becomes_a_draft_and_a_bad_one_is_told_row_by_row(world: World, visit: Any) -> None:
    form = SimpleUploadedFile("enkat.xlsx", write_xlsform(bank.ready_definition()))
    said = words(visit("questionnaire-import", data={"file": form}))
    assert "30 questions is now a draft" in said.replace("are", "is") or "is now a draft" in said
    assert len(codes(now(world))) == 30
    bad = b"| survey | | | |\n| | type | name | label |\n| | geopoint | here | Var bor du? |\n"
    answer = visit("questionnaire-import", data={"file": SimpleUploadedFile("bad.md", bad)})
    assert answer.status_code == 422
    assert "Sheet survey, row" in words(answer)
    twice = bad + "| | geopoint | there | Vart går du? |\n".encode()
    told = words(visit("questionnaire-import", data={"file": SimpleUploadedFile("twice.md", twice)}))
    assert "rows 2, 3, column A" in told and told.count("which can tell who it is") == 1
    with at_work(world):
        assert Questionnaire.objects.own().count() == 1


def test_a_version_is_fetched_as_a_form_that_reads_the_same(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    with at_work(world):
        version = draft_publish(draft=draft, revision=1, by=world.alma, tenant=world.alvik)
    content = visit("questionnaire-version-xlsform", version.pk, who="vera").content
    reading = read_xlsform(content, "egen.xlsx")
    assert reading.is_accepted
    assert [one["code"] for one in reading.definition["questions"]] == codes(version)


def test_what_is_new_tells_what_can_no_longer_be_compared(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    with at_work(world):
        first = draft_publish(draft=draft, revision=1, by=world.alma, tenant=world.alvik)
    visit("questionnaire-edit", first.questionnaire_id, data={})
    again = now(world)
    written = {
        "revision": 1,
        "has.text": "yes",
        "text.sv": "Hur ofta är du glad?",
        "text.en": "How often are you glad?",
    }
    visit("questionnaire-draft-question", again.pk, "joy", data=written)
    assert "It still asks the same" in words(visit("questionnaire-draft-publish", again.pk))
    answer = visit("questionnaire-draft-publish", again.pk, data={"revision": 2})
    assert answer.status_code == 302
    with at_work(world):
        second = QuestionnaireVersion.objects.own().get(number=2)
    said = words(visit("questionnaire-diff", second.pk))
    assert "Reworded" in said
    assert "Not comparable" in said
    assert second.content.question("joy").since == 2


def test_a_question_that_is_dragged_lands_where_it_was_dropped(
    world: World, visit: Any, draft: QuestionnaireDraft
) -> None:
    visit("questionnaire-draft", draft.pk, data={"op": "place:joy:others:1", "revision": 1})
    placed = [one["code"] for one in outline.questions_in(now(world).definition, "others")]
    assert placed[:3] == ["close", "joy", "turn_to"]
    visit("questionnaire-draft", draft.pk, data={"op": "place:joy:nowhere:1", "revision": 2})
    assert now(world).revision == 2


def test_what_the_region_shares_is_used_as_it_is_with_questions_of_ones_own(world: World, visit: Any) -> None:
    with transaction.atomic(), scope(world.region.pk):
        made = questionnaire_begin(definition=outline.ready("lanets"), by=world.rut)
        shared = draft_publish(draft=made, revision=1, by=world.rut, tenant=world.region, shared=True)
    said = words(visit("questionnaire-list"))
    assert "Shared by the region" in said
    begun = {"from": "version", "version": shared.pk, "extend": "yes"}
    answer = visit("questionnaire-create", data=begun)
    assert answer.status_code == 302
    draft = now(world)
    page = visit("questionnaire-draft", draft.pk).content.decode()
    assert 'value="remove:joy"' not in page
    assert "?avsnitt=local" in page
    visit("questionnaire-draft", draft.pk, data={"op": "remove:joy", "revision": 1})
    assert "joy" in codes(now(world))
    added = {"code": "stay_here", "section": "local", "revision": 1}
    visit("questionnaire-draft-bank", draft.pk, data=added)
    assert codes(now(world))[-1] == "stay_here"
    assert visit("questionnaire-version", shared.pk).status_code == 200


def test_a_municipality_is_told_when_the_region_asks_something_new(world: World, visit: Any) -> None:
    def share(change: Any) -> QuestionnaireVersion:
        with transaction.atomic(), scope(world.region.pk):
            found = Questionnaire.objects.own().first()
            if found is None:
                made = questionnaire_begin(definition=outline.ready("lanets"), by=world.rut)
            else:
                made = draft_begin(questionnaire=found, by=world.rut)
                made = draft_change(draft=made, revision=1, by=world.rut, change=change)
            return draft_publish(
                draft=made, revision=made.revision, by=world.rut, tenant=world.region, shared=True
            )

    shared = share(None)
    visit("questionnaire-create", data={"from": "version", "version": shared.pk, "extend": "yes"})
    visit("questionnaire-draft-bank", now(world).pk, data={"code": "stay_here", "section": "local", "revision": 1})
    with at_work(world):
        own = draft_publish(
            draft=QuestionnaireDraft.in_scope().get(), revision=2, by=world.alma, tenant=world.alvik
        )
    detail = ("questionnaire-detail", own.questionnaire_id)
    assert "The region's questions, and yours at the end" in words(visit(*detail))
    share(lambda definition: outline.bank_add(definition, "lonely", "others"))
    assert "The region has a newer version" in words(visit(*detail))


def test_the_ready_questionnaire_is_not_listed_twice_once_a_round_has_used_it(world: World, visit: Any) -> None:
    with at_work(world):
        version = wellbeing_version()
    assert version.number == wellbeing().version
    page = visit("questionnaire-list")
    assert "The ready questionnaire" in words(page)
    assert reverse("questionnaire-detail", args=["alvik", version.questionnaire_id]) not in page.content.decode()
