from django.urls import path

from surveys.answering.views import SurveyAnswerView

urlpatterns = [
    path("svara/<str:code>/", SurveyAnswerView.as_view(), name="survey-answer"),
]
