"""What is left of a dialogue: its summary, its deck, and its next steps."""

from django.urls import path

from dialogues.urls.places import ALL, ONE
from dialogues.views import exporting, next_steps, step_by_mail, summary

urlpatterns = [
    path(ALL + "nasta-steg/", next_steps.NextStepListView.as_view(), name="next-step-list"),
    path(ALL + "nasta-steg/<uuid:step_id>/", next_steps.NextStepUpdateView.as_view(), name="next-step-update"),
    path(
        ALL + "nasta-steg/<uuid:step_id>/lamna-over/",
        next_steps.NextStepHandOverView.as_view(),
        name="next-step-hand-over",
    ),
    path(ONE + "bilder/powerpoint/", exporting.DeckFileView.as_view(), name="deck-file"),
    path(ONE + "logg/nasta-steg/", next_steps.NextStepAddView.as_view(), name="next-step-add"),
    path(ONE + "sammanfattning/", summary.DialogueSummaryView.as_view(), name="dialogue-summary"),
    path("steg/<str:token>/", step_by_mail.StepByMailView.as_view(), name="next-step-by-mail"),
]
