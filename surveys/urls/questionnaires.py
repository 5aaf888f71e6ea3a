"""Addresses of questionnaires and of the drafts that they are made in."""

from django.urls import path

from surveys.views import (
    draft_bank,
    draft_questions,
    draft_scales,
    draft_scores,
    draft_texts,
    draft_trial,
    drafts,
    questionnaire_forms,
    questionnaires,
)

FORMS = "k/<slug:slug>/enkater/formular/"
FORM = f"{FORMS}<uuid:questionnaire_id>/"
VERSION = f"{FORMS}version/<uuid:version_id>/"
DRAFT = f"{FORMS}utkast/<uuid:draft_id>/"

urlpatterns = [
    path(FORMS, questionnaires.QuestionnaireListView.as_view(), name="questionnaire-list"),
    path(f"{FORMS}ny/", questionnaires.QuestionnaireCreateView.as_view(), name="questionnaire-create"),
    path(f"{FORMS}hamta-in/", questionnaire_forms.QuestionnaireImportView.as_view(), name="questionnaire-import"),
    path(
        f"{FORMS}exempel.xlsx",
        questionnaire_forms.QuestionnaireExampleView.as_view(),
        name="questionnaire-example",
    ),
    path(
        f"{VERSION}xlsform.xlsx",
        questionnaire_forms.QuestionnaireVersionFormView.as_view(),
        name="questionnaire-version-xlsform",
    ),
    path(FORM, questionnaires.QuestionnaireDetailView.as_view(), name="questionnaire-detail"),
    path(f"{FORM}andra/", questionnaires.QuestionnaireEditView.as_view(), name="questionnaire-edit"),
    path(f"{FORM}undan/", questionnaires.QuestionnaireArchiveView.as_view(), name="questionnaire-archive"),
    path(VERSION, questionnaires.QuestionnaireVersionView.as_view(), name="questionnaire-version"),
    path(f"{VERSION}nytt/", questionnaires.QuestionnaireDiffView.as_view(), name="questionnaire-diff"),
    path(DRAFT, drafts.QuestionnaireDraftView.as_view(), name="questionnaire-draft"),
    path(f"{DRAFT}hela/", drafts.QuestionnaireDraftPreviewView.as_view(), name="questionnaire-draft-preview"),
    path(f"{DRAFT}publicera/", drafts.QuestionnaireDraftPublishView.as_view(), name="questionnaire-draft-publish"),
    path(f"{DRAFT}slang/", drafts.QuestionnaireDraftDiscardView.as_view(), name="questionnaire-draft-discard"),
    path(f"{DRAFT}banken/", draft_bank.QuestionnaireDraftBankView.as_view(), name="questionnaire-draft-bank"),
    path(f"{DRAFT}texter/", draft_texts.QuestionnaireDraftTextsView.as_view(), name="questionnaire-draft-texts"),
    path(f"{DRAFT}prova/", draft_trial.QuestionnaireDraftTrialView.as_view(), name="questionnaire-draft-trial"),
    path(f"{DRAFT}egen/", draft_questions.QuestionnaireDraftAddView.as_view(), name="questionnaire-draft-add"),
    path(
        f"{DRAFT}skalor/",
        draft_scales.QuestionnaireDraftScaleAddView.as_view(),
        name="questionnaire-draft-scale-add",
    ),
    path(
        f"{DRAFT}skalor/<slug:code>/",
        draft_scales.QuestionnaireDraftScaleView.as_view(),
        name="questionnaire-draft-scale",
    ),
    path(
        f"{DRAFT}pastaenden/",
        draft_scales.QuestionnaireDraftBatteryAddView.as_view(),
        name="questionnaire-draft-battery-add",
    ),
    path(
        f"{DRAFT}pastaenden/<slug:code>/",
        draft_scales.QuestionnaireDraftBatteryView.as_view(),
        name="questionnaire-draft-battery",
    ),
    path(
        f"{DRAFT}matt/",
        draft_scores.QuestionnaireDraftScoreAddView.as_view(),
        name="questionnaire-draft-score-add",
    ),
    path(
        f"{DRAFT}matt/<slug:code>/",
        draft_scores.QuestionnaireDraftScoreView.as_view(),
        name="questionnaire-draft-score",
    ),
    path(
        f"{DRAFT}fraga/<slug:code>/",
        draft_questions.QuestionnaireDraftQuestionView.as_view(),
        name="questionnaire-draft-question",
    ),
    path(
        f"{DRAFT}avsnitt/<slug:code>/",
        draft_questions.QuestionnaireDraftSectionView.as_view(),
        name="questionnaire-draft-section",
    ),
]
