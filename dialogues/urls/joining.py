"""Joining by a code, and the room as those who joined see it."""

from django.urls import path

from dialogues.urls.places import ONE
from dialogues.views import joined, joining

ROOM = "delta/<slug:slug>/<uuid:dialogue_id>/"
ROOM_NOTE = ROOM + "<uuid:note_id>/"

urlpatterns = [
    path(ONE + "kod/", joining.JoinCodeView.as_view(), name="dialogue-join-code"),
    path(ONE + "kod/ny/", joining.JoiningBeginView.as_view(), name="dialogue-join-begin"),
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
