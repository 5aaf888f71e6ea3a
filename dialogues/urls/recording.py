"""The record: its draft, its versions, and their files."""

from django.urls import path

from dialogues.urls.places import ONE
from dialogues.views import recording

RECORD = ONE + "protokoll/"
VERSION = RECORD + "<int:number>/"

urlpatterns = [
    path(RECORD, recording.RecordView.as_view(), name="dialogue-record"),
    path(RECORD + "utkast/", recording.RecordDraftView.as_view(), name="record-draft"),
    path(RECORD + "kommentar/", recording.RecordCommentView.as_view(), name="record-comment"),
    path(RECORD + "fardigt/", recording.RecordFinishView.as_view(), name="record-finish"),
    path(VERSION, recording.RecordVersionView.as_view(), name="record-version"),
    path(VERSION + "arkiv/<slug:form>/", recording.RecordMetadataView.as_view(), name="record-metadata"),
    path(VERSION + "<slug:form>/", recording.RecordFileView.as_view(), name="record-file"),
]
