"""Activities, and the indicators that they are followed by."""

from django.urls import path

from dialogues.urls.places import ALL
from dialogues.views.activities import indicators, pages, voices

ACTIVITIES = ALL + "aktiviteter/"
ACTIVITY = ACTIVITIES + "<uuid:activity_id>/"
INDICATOR = ACTIVITY + "indikator/<uuid:indicator_id>/"

urlpatterns = [
    path(ACTIVITIES, pages.ActivityListView.as_view(), name="activity-list"),
    path(ACTIVITIES + "ny/", pages.ActivityAddView.as_view(), name="activity-add"),
    path(ACTIVITY, pages.ActivityDetailView.as_view(), name="activity-detail"),
    path(ACTIVITY + "andra/", pages.ActivityEditView.as_view(), name="activity-edit"),
    path(ACTIVITY + "lage/", pages.ActivityMoveView.as_view(), name="activity-move"),
    path(ACTIVITY + "indikator/", indicators.IndicatorAddView.as_view(), name="activity-indicator-add"),
    path(ACTIVITY + "roster/", voices.ActivityVoicesView.as_view(), name="activity-voices"),
    path(INDICATOR, indicators.IndicatorEditView.as_view(), name="activity-indicator"),
    path(INDICATOR + "ta-bort/", indicators.IndicatorRemoveView.as_view(), name="activity-indicator-remove"),
]
