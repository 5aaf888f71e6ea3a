"""Joint rounds: a municipality's link into one, the region's pages, and the municipality's of its part."""

from django.urls import path

from surveys.answering.views import SurveyAnswerView
from surveys.views import joint_own, joint_parts, joint_rounds, joint_spreading

PLACE = "svara/<str:code>/i/<slug:place>/"
PART = "k/<slug:slug>/enkater/gemensamma/<uuid:invitation_id>/"

urlpatterns = [
    path(PLACE, SurveyAnswerView.as_view(), name="survey-answer-place"),
    path(f"{PLACE}delad/", SurveyAnswerView.as_view(is_shared=True), name="survey-answer-place-shared"),
    path(f"{PLACE}<str:channel>/", SurveyAnswerView.as_view(), name="survey-answer-place-channel"),
    path(
        "k/<slug:slug>/enkater/ny-gemensam/",
        joint_rounds.JointRoundCreateView.as_view(),
        name="joint-round-create",
    ),
    path(
        "k/<slug:slug>/enkater/<uuid:round_id>/kommuner/",
        joint_rounds.JointRoundPlacesView.as_view(),
        name="joint-round-places",
    ),
    path(PART, joint_parts.JointPartView.as_view(), name="joint-part-detail"),
    path(f"{PART}svar/", joint_parts.JointAnswerView.as_view(), name="joint-answer-give"),
    path(f"{PART}egna-fragor/", joint_own.JointOwnQuestionsView.as_view(), name="joint-own-questions"),
    path(f"{PART}resultat/", joint_parts.JointResultsView.as_view(), name="joint-part-results"),
    path(f"{PART}qr.<str:kind>", joint_spreading.JointQrView.as_view(), name="joint-part-qr"),
    path(f"{PART}affisch.pdf", joint_spreading.JointPosterView.as_view(), name="joint-part-poster"),
]
