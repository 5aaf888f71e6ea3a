from django.urls import path

from surveys.answering.signing import TokenSignView
from surveys.answering.views import SurveyAnswerView

urlpatterns = [
    path("<str:code>/", SurveyAnswerView.as_view(), name="survey-answer"),
    path("<str:code>/delad/", SurveyAnswerView.as_view(is_shared=True), name="survey-answer-shared"),
    path("<str:code>/underskrift/", TokenSignView.as_view(), name="survey-token-sign"),
    path("<str:code>/<str:channel>/", SurveyAnswerView.as_view(), name="survey-answer-channel"),
]
