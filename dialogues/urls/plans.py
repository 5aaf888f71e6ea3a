"""Action plans."""

from django.urls import path

from dialogues.urls.places import ALL
from dialogues.views import briefs, plans

PLANS = ALL + "handlingsplan/"
PLAN = PLANS + "<uuid:plan_id>/"

BRIEFS = PLANS + "till-namnden/"
BRIEF = BRIEFS + "<uuid:brief_id>/"

urlpatterns = [
    path(BRIEFS, briefs.BriefListView.as_view(), name="brief-list"),
    path(BRIEF, briefs.BriefDetailView.as_view(), name="brief-detail"),
    path(BRIEF + "andra/", briefs.BriefEditView.as_view(), name="brief-edit"),
    path(BRIEF + "pdf/", briefs.BriefFileView.as_view(), name="brief-file"),
    path(PLANS, plans.PlanListView.as_view(), name="plan-list"),
    path(PLANS + "ny/", plans.PlanCreateView.as_view(), name="plan-create"),
    path(PLAN, plans.PlanDetailView.as_view(), name="plan-detail"),
    path(PLAN + "andra/", plans.PlanEditView.as_view(), name="plan-edit"),
    path(PLAN + "anta/", plans.PlanAdoptView.as_view(), name="plan-adopt"),
    path(PLAN + "aktivitet/", plans.PlanEntryAddView.as_view(), name="plan-entry-add"),
    path(
        PLAN + "aktivitet/<uuid:entry_id>/ta-bort/", plans.PlanEntryRemoveView.as_view(), name="plan-entry-remove"
    ),
    path(PLAN + "version/<int:number>/", plans.PlanVersionView.as_view(), name="plan-version"),
    path(PLAN + "fil/<str:kind>/", plans.PlanFileView.as_view(), name="plan-file"),
]
