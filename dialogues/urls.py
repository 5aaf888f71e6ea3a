from django.urls import path

from dialogues.views import (
    changes,
    dialogues,
    exporting,
    joined,
    joining,
    logging,
    next_steps,
    preparing,
    presenting,
    step_by_mail,
    summary,
)

ALL = "k/<slug:slug>/dialoger/"
ONE = ALL + "<uuid:dialogue_id>/"
STEP = ONE + "forbered/"
PARTICIPANT = ONE + "deltagare/<uuid:participant_id>/"
SLIDE = ONE + "bilder/<uuid:slide_id>/"
NOTE = ONE + "logg/<uuid:note_id>/"
ROOM = "delta/<slug:slug>/<uuid:dialogue_id>/"
ROOM_NOTE = ROOM + "<uuid:note_id>/"

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
    path(ONE + "visa/vaggen/", presenting.DialogueWallView.as_view(), name="dialogue-wall"),
    path(ONE + "visa/skarm/", presenting.ScreenShowView.as_view(), name="dialogue-screen"),
    path(ONE + "kod/", joining.JoinCodeView.as_view(), name="dialogue-join-code"),
    path(ONE + "kod/ny/", joining.JoiningBeginView.as_view(), name="dialogue-join-begin"),
    path(ONE + "logg/", logging.DialogueLogView.as_view(), name="dialogue-log"),
    path(ONE + "logg/anteckningar/", changes.NoteListView.as_view(), name="note-list"),
    path(ONE + "handelser/", changes.DialogueEventsView.as_view(), name="dialogue-events"),
    path(ONE + "logg/ny/", logging.NoteAddView.as_view(), name="note-add"),
    path(NOTE + "andra/", logging.NoteChangeView.as_view(), name="note-change"),
    path(NOTE + "ta-bort/", logging.NoteRemoveView.as_view(), name="note-remove"),
    path(NOTE + "angra/", logging.NoteRestoreView.as_view(), name="note-restore"),
    path(ONE + "logg/nasta-steg/", next_steps.NextStepAddView.as_view(), name="next-step-add"),
    path(ONE + "sammanfattning/", summary.DialogueSummaryView.as_view(), name="dialogue-summary"),
    path("steg/<str:token>/", step_by_mail.StepByMailView.as_view(), name="next-step-by-mail"),
    path("delta/", joining.JoinView.as_view(), name="dialogue-join"),
    path("delta/<slug:code>/", joining.JoinView.as_view(), name="dialogue-join"),
    path(ROOM, joined.RoomView.as_view(), name="dialogue-room"),
    path(ROOM + "anteckningar/", joined.RoomChangesView.as_view(), name="room-changes"),
    path(ROOM + "handelser/", joined.RoomEventsView.as_view(), name="room-events"),
    path(ROOM + "ny/", joined.RoomNoteAddView.as_view(), name="room-note-add"),
    path(ROOM_NOTE + "andra/", joined.RoomNoteChangeView.as_view(), name="room-note-change"),
    path(ROOM_NOTE + "ta-bort/", joined.RoomNoteRemoveView.as_view(), name="room-note-remove"),
    path(ROOM_NOTE + "angra/", joined.RoomNoteRestoreView.as_view(), name="room-note-restore"),
    path(ROOM_NOTE + "instammer/", joined.RoomNoteAgreeView.as_view(), name="room-note-agree"),
]
