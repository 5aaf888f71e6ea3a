from django.urls import include, path

from surveys.answering.signing import TokenSignView
from surveys.answering.views import SurveyAnswerView
from surveys.views import (
    closing,
    codes,
    deeds,
    files,
    invited,
    letters,
    making,
    preview,
    results,
    retention,
    rounds,
    spreading,
    support_lines,
    texts,
    waves,
    ways_in,
    weights,
)

ONE = "k/<slug:slug>/enkater/<uuid:round_id>/"
LINES = "k/<slug:slug>/enkater/stodlinjer/"

urlpatterns = [
    path("", include("surveys.urls.questionnaires")),
    path("", include("surveys.urls.reporting")),
    path("", include("surveys.urls.joint_rounds")),
    path("svara/<str:code>/", SurveyAnswerView.as_view(), name="survey-answer"),
    path("svara/<str:code>/delad/", SurveyAnswerView.as_view(is_shared=True), name="survey-answer-shared"),
    path("svara/<str:code>/underskrift/", TokenSignView.as_view(), name="survey-token-sign"),
    path("svara/<str:code>/<str:channel>/", SurveyAnswerView.as_view(), name="survey-answer-channel"),
    path("k/<slug:slug>/enkater/", rounds.RoundListView.as_view(), name="survey-round-list"),
    path("k/<slug:slug>/enkater/ny/", rounds.RoundCreateView.as_view(), name="survey-round-create"),
    path(LINES, support_lines.SupportLineListView.as_view(), name="support-line-list"),
    path(f"{LINES}<uuid:line_id>/", support_lines.SupportLineEditView.as_view(), name="support-line-edit"),
    path(
        f"{LINES}<uuid:line_id>/bort/", support_lines.SupportLineRemoveView.as_view(), name="support-line-remove"
    ),
    path(f"{LINES}<uuid:line_id>/upp/", support_lines.SupportLineRaiseView.as_view(), name="support-line-raise"),
    path(ONE, rounds.RoundDetailView.as_view(), name="survey-round-detail"),
    path(f"{ONE}andra/", rounds.RoundEditView.as_view(), name="survey-round-edit"),
    path(f"{ONE}fragorna/", preview.RoundPreviewView.as_view(), name="survey-round-preview"),
    path(f"{ONE}qr.<str:kind>", spreading.RoundQrView.as_view(), name="survey-round-qr"),
    path(f"{ONE}affisch.pdf", spreading.RoundPosterView.as_view(), name="survey-round-poster"),
    path(f"{ONE}vagar-in/", ways_in.RoundWaysInView.as_view(), name="survey-round-ways-in"),
    path(
        f"{ONE}vagar-in/<uuid:channel_id>/ta-bort/",
        ways_in.ChannelRemoveView.as_view(),
        name="survey-channel-remove",
    ),
    path(f"{ONE}vagar-in/vem/", codes.RoundWayInView.as_view(), name="survey-round-way-in"),
    path(f"{ONE}vagar-in/koder.pdf", codes.CodeSheetMakeView.as_view(), name="survey-code-sheet-make"),
    path(
        f"{ONE}vagar-in/koder/<uuid:sheet_id>/dra-in/",
        codes.CodeSheetRevokeView.as_view(),
        name="survey-code-sheet-revoke",
    ),
    path(f"{ONE}vagar-in/inbjudna/", invited.InvitationAddView.as_view(), name="survey-invitation-add"),
    path(f"{ONE}vagar-in/utskick/", invited.MailingView.as_view(), name="survey-invitation-mail"),
    path(f"{ONE}vagar-in/brev/", letters.LettersView.as_view(), name="survey-invitation-letters"),
    path(f"{ONE}schemalagg/", deeds.RoundScheduleView.as_view(), name="survey-round-schedule"),
    path(f"{ONE}oppna/", deeds.RoundOpenView.as_view(), name="survey-round-open"),
    path(f"{ONE}sista-dag/", closing.RoundClosingMoveView.as_view(), name="survey-round-closing-move"),
    path(f"{ONE}stang/", deeds.RoundCloseView.as_view(), name="survey-round-close"),
    path(f"{ONE}avbryt/", deeds.RoundCancelView.as_view(), name="survey-round-cancel"),
    path(f"{ONE}publicera/", deeds.RoundPublishView.as_view(), name="survey-round-publish"),
    path(f"{ONE}resultat/", results.RoundResultsView.as_view(), name="survey-round-results"),
    path(f"{ONE}resultat/sedan-sist/", waves.RoundWavesView.as_view(), name="survey-round-waves"),
    path(f"{ONE}resultat/vikta/", weights.RoundWeighView.as_view(), name="survey-round-weigh"),
    path(f"{ONE}resultat/filer/<slug:form>.zip", files.RoundFilesView.as_view(), name="survey-round-files"),
    path(f"{ONE}resultat/filer/spss.sav", files.RoundLabelledView.as_view(), name="survey-round-labelled"),
    path(f"{ONE}texter/", texts.RoundTextsView.as_view(), name="survey-round-texts"),
    path(f"{ONE}gallring/", retention.RoundRetentionView.as_view(), name="survey-round-retention"),
    path(f"{ONE}resultat/lage.json", making.RoundMakingStateView.as_view(), name="survey-round-making-state"),
    path(f"{ONE}resultat/stoppa/", making.RoundMakingStopView.as_view(), name="survey-round-making-stop"),
    path(f"{ONE}resultat/gor/", making.RoundMakingBeginView.as_view(), name="survey-round-making-begin"),
]
