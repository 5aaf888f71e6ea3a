"""The record: its draft, its versions, and their files."""

from django.urls import path

from dialogues.urls.places import ALL, ONE
from dialogues.views import record_by_mail, record_rules, recording

RECORD = ONE + "protokoll/"
VERSION = RECORD + "<int:number>/"

urlpatterns = [
    path(RECORD, recording.RecordView.as_view(), name="dialogue-record"),
    path(RECORD + "utkast/", recording.RecordDraftView.as_view(), name="record-draft"),
    path(RECORD + "kommentar/", recording.RecordCommentView.as_view(), name="record-comment"),
    path(RECORD + "fardigt/", recording.RecordFinishView.as_view(), name="record-finish"),
    path(RECORD + "skicka/", recording.RecordSendView.as_view(), name="record-send"),
    path(ALL + "protokoll/regler/", record_rules.RecordRulesView.as_view(), name="record-rules"),
    path("protokoll/<str:token>/", record_by_mail.RecordByMailView.as_view(), name="record-by-mail"),
    path("protokoll/<str:token>/pdf/", record_by_mail.RecordFileByMailView.as_view(), name="record-file-by-mail"),
    path(VERSION, recording.RecordVersionView.as_view(), name="record-version"),
    path(VERSION + "arkiv/<slug:form>/", recording.RecordMetadataView.as_view(), name="record-metadata"),
    path(VERSION + "<slug:form>/", recording.RecordFileView.as_view(), name="record-file"),
]
