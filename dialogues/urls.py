from django.urls import path

from dialogues.views import dialogues, exporting, logging, next_steps, preparing, presenting, summary

ALL = "k/<slug:slug>/dialoger/"
ONE = ALL + "<uuid:dialogue_id>/"
STEP = ONE + "forbered/"
PARTICIPANT = ONE + "deltagare/<uuid:participant_id>/"
SLIDE = ONE + "bilder/<uuid:slide_id>/"
NOTE = ONE + "logg/<uuid:note_id>/"

urlpatterns = [
    path(ALL, dialogues.DialogueListView.as_view(), name="dialogue-list"),
    path(ALL + "ny/", dialogues.DialogueCreateView.as_view(), name="dialogue-create"),
    path(ALL + "nasta-steg/", next_steps.NextStepListView.as_view(), name="next-step-list"),
    path(ALL + "nasta-steg/<uuid:step_id>/", next_steps.NextStepUpdateView.as_view(), name="next-step-update"),
    path(ONE, dialogues.DialogueDetailView.as_view(), name="dialogue-detail"),
    path(ONE + "borja/", dialogues.DialogueBeginView.as_view(), name="dialogue-begin"),
    path(ONE + "avsluta/", dialogues.DialogueFinishView.as_view(), name="dialogue-finish"),
    path(ONE + "oppna/", dialogues.DialogueReopenView.as_view(), name="dialogue-reopen"),
    path(ONE + "stall-in/", dialogues.DialogueCancelView.as_view(), name="dialogue-cancel"),
    path(ONE + "planera-igen/", dialogues.DialoguePlanAgainView.as_view(), name="dialogue-plan-again"),
    path(STEP + "<slug:step>/", preparing.DialoguePrepareView.as_view(), name="dialogue-prepare"),
    path(ONE + "deltagare/", preparing.ParticipantAddView.as_view(), name="participant-add"),
    path(PARTICIPANT, preparing.ParticipantChangeView.as_view(), name="participant-change"),
    path(PARTICIPANT + "ta-bort/", preparing.ParticipantRemoveView.as_view(), name="participant-remove"),
    path(PARTICIPANT + "bjud-in/", preparing.ParticipantInviteView.as_view(), name="participant-invite"),
    path(ONE + "bilder/", preparing.SlideAddView.as_view(), name="slide-add"),
    path(ONE + "bilder/powerpoint/", exporting.DeckFileView.as_view(), name="deck-file"),
    path(ONE + "bilder/ordning/", preparing.DeckOrderView.as_view(), name="deck-order"),
    path(SLIDE + "flytta/", preparing.SlideMoveView.as_view(), name="slide-move"),
    path(SLIDE + "ta-bort/", preparing.SlideRemoveView.as_view(), name="slide-remove"),
    path(SLIDE + "beskriv/", preparing.SlideDescribeView.as_view(), name="slide-describe"),
    path(ONE + "visa/", presenting.DialoguePresentView.as_view(), name="dialogue-present"),
    path(ONE + "logg/", logging.DialogueLogView.as_view(), name="dialogue-log"),
    path(ONE + "logg/anteckningar/", logging.NoteListView.as_view(), name="note-list"),
    path(ONE + "logg/ny/", logging.NoteAddView.as_view(), name="note-add"),
    path(NOTE + "andra/", logging.NoteChangeView.as_view(), name="note-change"),
    path(NOTE + "ta-bort/", logging.NoteRemoveView.as_view(), name="note-remove"),
    path(NOTE + "angra/", logging.NoteRestoreView.as_view(), name="note-restore"),
    path(ONE + "logg/nasta-steg/", next_steps.NextStepAddView.as_view(), name="next-step-add"),
    path(ONE + "sammanfattning/", summary.DialogueSummaryView.as_view(), name="dialogue-summary"),
]
