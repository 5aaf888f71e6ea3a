"""The presenter, the wall and the log."""

from django.urls import path

from dialogues.urls.places import ONE
from dialogues.views import changes, grouping, logging, presenting

GROUP = ONE + "logg/grupper/<uuid:cluster_id>/"
NOTE = ONE + "logg/<uuid:note_id>/"

urlpatterns = [
    path(ONE + "visa/", presenting.DialoguePresentView.as_view(), name="dialogue-present"),
    path(ONE + "visa/vaggen/", presenting.DialogueWallView.as_view(), name="dialogue-wall"),
    path(ONE + "visa/samtal/", presenting.TalkView.as_view(), name="dialogue-talk"),
    path(ONE + "visa/skarm/", presenting.ScreenShowView.as_view(), name="dialogue-screen"),
    path(ONE + "logg/", logging.DialogueLogView.as_view(), name="dialogue-log"),
    path(ONE + "logg/grupper/", grouping.NoteGroupsView.as_view(), name="note-groups"),
    path(GROUP + "namn/", grouping.ClusterChangeView.as_view(), name="cluster-change"),
    path(GROUP + "upp/", grouping.ClusterRaiseView.as_view(), name="cluster-raise"),
    path(GROUP + "ta-bort/", grouping.ClusterRemoveView.as_view(), name="cluster-remove"),
    path(ONE + "logg/anteckningar/", changes.NoteListView.as_view(), name="note-list"),
    path(ONE + "handelser/", changes.DialogueEventsView.as_view(), name="dialogue-events"),
    path(ONE + "logg/ny/", logging.NoteAddView.as_view(), name="note-add"),
    path(NOTE + "andra/", logging.NoteChangeView.as_view(), name="note-change"),
    path(NOTE + "ta-bort/", logging.NoteRemoveView.as_view(), name="note-remove"),
    path(NOTE + "angra/", logging.NoteRestoreView.as_view(), name="note-restore"),
]
