"""Templates of dialogues, and copying one."""

from django.urls import path

from dialogues.urls.places import ALL, ONE
from dialogues.views import templates

TEMPLATE = ALL + "mallar/<uuid:dialogue_template_id>/"

urlpatterns = [
    path(ALL + "mallar/", templates.TemplateListView.as_view(), name="dialogue-template-list"),
    path(TEMPLATE + "anvand/", templates.TemplateUseView.as_view(), name="dialogue-template-use"),
    path(TEMPLATE + "dela/", templates.TemplateShareView.as_view(), name="dialogue-template-share"),
    path(TEMPLATE + "ta-bort/", templates.TemplateRemoveView.as_view(), name="dialogue-template-remove"),
    path(ONE + "mall/", templates.TemplateMakeView.as_view(), name="dialogue-template-make"),
    path(ONE + "kopiera/", templates.DialogueCopyView.as_view(), name="dialogue-copy"),
]
