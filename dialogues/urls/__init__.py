from django.urls import include, path

from dialogues.urls.places import ALL, ONE
from dialogues.views import dialogues

urlpatterns = [
    path("", include("dialogues.urls.preparing")),
    path("", include("dialogues.urls.templates")),
    path("", include("dialogues.urls.holding")),
    path("", include("dialogues.urls.recording")),
    path("", include("dialogues.urls.closing")),
    path("", include("dialogues.urls.afterwards")),
    path("", include("dialogues.urls.activities")),
    path("", include("dialogues.urls.data_wishes")),
    path("", include("dialogues.urls.plans")),
    path("", include("dialogues.urls.ideas")),
    path(ALL, dialogues.DialogueListView.as_view(), name="dialogue-list"),
    path(ALL + "ny/", dialogues.DialogueCreateView.as_view(), name="dialogue-create"),
    path(ONE, dialogues.DialogueDetailView.as_view(), name="dialogue-detail"),
    path(ONE + "borja/", dialogues.DialogueBeginView.as_view(), name="dialogue-begin"),
    path(ONE + "avsluta/", dialogues.DialogueFinishView.as_view(), name="dialogue-finish"),
    path(ONE + "oppna/", dialogues.DialogueReopenView.as_view(), name="dialogue-reopen"),
    path(ONE + "stall-in/", dialogues.DialogueCancelView.as_view(), name="dialogue-cancel"),
    path(ONE + "planera-igen/", dialogues.DialoguePlanAgainView.as_view(), name="dialogue-plan-again"),
]
