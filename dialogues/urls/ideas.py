"""The idea bank."""

from django.urls import path

from dialogues.urls.places import ALL
from dialogues.views import ideas

IDEAS = ALL + "idebank/"
IDEA = IDEAS + "<uuid:idea_id>/"
METHOD = IDEAS + "metod/<slug:key>/"

urlpatterns = [
    path(IDEAS, ideas.IdeaListView.as_view(), name="idea-list"),
    path(IDEAS + "ny/", ideas.IdeaAddView.as_view(), name="idea-add"),
    path(IDEA, ideas.IdeaDetailView.as_view(), name="idea-detail"),
    path(IDEA + "andra/", ideas.IdeaEditView.as_view(), name="idea-edit"),
    path(IDEA + "dela/", ideas.IdeaShareView.as_view(), name="idea-share"),
    path(IDEA + "ta-bort/", ideas.IdeaWithdrawView.as_view(), name="idea-withdraw"),
    path(IDEA + "provat/", ideas.IdeaTriedView.as_view(), name="idea-tried"),
    path(METHOD, ideas.MethodDetailView.as_view(), name="method-detail"),
    path(METHOD + "provat/", ideas.MethodTriedView.as_view(), name="method-tried"),
    path(IDEAS + "provat/<uuid:trial_id>/ta-bort/", ideas.TrialRemoveView.as_view(), name="idea-trial-remove"),
]
