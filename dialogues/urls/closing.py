"""Closing a dialogue, its three questions, and the steering group's self-evaluation."""

from django.urls import path

from dialogues.urls.joining import ROOM
from dialogues.urls.places import ALL, ONE
from dialogues.views import attending, closing, self_evaluations

SELF = ALL + "sjalvvardering/"

urlpatterns = [
    path(ONE + "avslut/", closing.DialogueClosingView.as_view(), name="dialogue-closing"),
    path(ONE + "narvaro/", attending.AttendanceView.as_view(), name="dialogue-attendance"),
    path(ONE + "godkannande/", attending.NotesApproveView.as_view(), name="notes-approve"),
    path(ROOM + "fragor/", closing.RoomEvaluateView.as_view(), name="room-evaluate"),
    path(SELF, self_evaluations.SelfEvaluationListView.as_view(), name="self-evaluation-list"),
    path(SELF + "ny/", self_evaluations.SelfEvaluationOpenView.as_view(), name="self-evaluation-open"),
    path(
        SELF + "<uuid:evaluation_id>/stang/",
        self_evaluations.SelfEvaluationCloseView.as_view(),
        name="self-evaluation-close",
    ),
    path(
        "sjalvvardering/<str:token>/",
        self_evaluations.SelfEvaluationAnswerView.as_view(),
        name="self-evaluation-answer",
    ),
]
