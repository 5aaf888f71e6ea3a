"""How a data set's categories are taken together: PC-Axis's grouping files, checked against its categories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.cubes import pick
from datasets.errors import DatasetsError
from datasets.models import CategoryGrouping
from datasets.services.category_groupings import (
    category_grouping_bring,
    category_grouping_remove,
    groupable,
    groupings_of,
    told,
)
from datasets.views.common import OwnDatasetView, signed_in
from datasets.wording import language, title_of


class ManyFiles(forms.ClearableFileInput):
    """A control for one file or several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several; cleaned, a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class CategoryGroupingForm(forms.Form):
    """The files of a grouping, and which dimension it is for."""

    dimension = forms.ChoiceField(label=gettext_lazy("What is grouped"))
    grouping = ManyFilesField(
        label=gettext_lazy("Grouping files"),
        help_text=gettext_lazy("An .agg file; with its .vs file if you have it."),
        widget=ManyFiles(attrs={"accept": ".agg,.vs"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def __init__(self, *args: Any, dimensions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dimension"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = dimensions


class CategoryGroupingListView(OwnDatasetView):
    """What is kept for a data set, and a file to add."""

    permission = "datasets.import_file"

    def get(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        return self.show(self.form(None))

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        chosen = next(d for d in groupable(self.dataset()) if d.code == form.cleaned_data["dimension"])
        files = {str(file.name): file.read() for file in form.cleaned_data["grouping"][:20]}
        try:
            kept, fit = category_grouping_bring(
                dataset=self.dataset(), dimension=chosen, files=files, by=signed_in(request)
            )
        except DatasetsError as refusal:
            form.add_error("grouping", str(refusal))
            return self.show(form, status=422)
        said = ngettext(
            "%(formed)s group of %(name)s can be formed, and comes with the next file.",
            "%(formed)s groups of %(name)s can be formed, and come with the next file.",
            fit.formed,
        ) % {"formed": fit.formed, "name": kept.name}
        messages.success(request, said)
        if fit.unknown:
            messages.warning(
                request,
                _("These are no categories here, so groups with them are left out: %(codes)s.")
                % {"codes": told(fit.unknown)},
            )
        return redirect("category-grouping-list", slug=slug, dataset_id=dataset_id)

    def form(self, data: Any) -> CategoryGroupingForm:
        """The form, with the dimensions that the newest figures have."""
        choices = [(d.code, pick(d.label, language()) or d.code) for d in groupable(self.dataset())]
        return CategoryGroupingForm(data, self.request.FILES if data is not None else None, dimensions=choices)

    def show(self, form: CategoryGroupingForm, status: int = 200) -> HttpResponse:
        context = {
            "dataset": self.dataset(),
            "title": title_of(self.dataset(), language()),
            "form": form,
            "groupings": groupings_of(self.dataset()),
        }
        return render(self.request, "datasets/category_grouping_list.html", context, status=status)


class CategoryGroupingRemoveView(OwnDatasetView):
    """Takes a grouping away."""

    permission = "datasets.import_file"

    def post(self, request: HttpRequest, slug: str, dataset_id: UUID, grouping_id: UUID) -> HttpResponse:
        found = CategoryGrouping.in_scope().filter(dataset=self.dataset())
        category_grouping_remove(grouping=get_object_or_404(found, pk=grouping_id), by=signed_in(request))
        messages.success(request, _("The grouping is gone. Figures that have it keep it."))
        return redirect("category-grouping-list", slug=slug, dataset_id=dataset_id)
