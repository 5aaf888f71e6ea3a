"""A brief for the board: begun from released findings and activities, and set as one page."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, Tenant, User
from datasets.charts import Selection, SelectionError, build_chart
from datasets.cubes import CubeError
from datasets.models import Dataset, ReleaseTable
from datasets.selectors import about_of, charts_for, cube_of, latest_release, may_read
from dialogues.models import Activity, BoardBrief
from dialogues.plans.content import lines_of
from portal.audit.recording import record
from portal.files.document import Block, Bullets, Document, Heading, Item, Paragraph

MOST_CHARTS, MOST_SAYINGS, MOST_ACTIVITIES = 12, 4, 6
MOST_LINES = 8
"""Points under a heading: more do not fit a page."""


def findings_of(membership: Membership, lang: str) -> list[str]:
    """The sentences of charts of young people's own answers, as far as they are released; newest first."""
    said: list[str] = []
    charts = charts_for().filter(tenant=membership.tenant, dataset__origin=Dataset.Origin.SURVEY)
    for chart in charts[:MOST_CHARTS]:
        release = chart.release or latest_release(chart.dataset)
        if release is None or chart.dataset.withdrawn_at or not may_read(membership, chart.dataset):
            continue
        table = ReleaseTable.objects.filter(release=release, code=chart.table_code).first()
        if table is None:
            continue
        try:
            about = about_of(chart.dataset, table.title)
            spec = build_chart(cube_of(table), Selection.from_query(chart.query), lang=lang, about=about)
        except (SelectionError, CubeError):
            continue
        mark = "" if spec.title.endswith((".", "?", "!")) else ":"
        said.append(f"{spec.title}{mark} {spec.sentence}")
    return list(dict.fromkeys(said))[:MOST_SAYINGS]


def brief_begin(*, title: str, board: str, membership: Membership, lang: str, by: User) -> BoardBrief:
    """Begin a brief from what is released and what is done; every word of it can be changed."""
    doing = Activity.in_scope().filter(state__in=(Activity.State.ONGOING, Activity.State.PLANNED))
    lines = [
        f"{one.title} ({one.get_state_display().lower()})" for one in doing.order_by("-state")[:MOST_ACTIVITIES]
    ]
    brief: BoardBrief = BoardBrief.objects.create(
        title=title.strip(),
        board=board.strip(),
        young_say="\n".join(findings_of(membership, lang))[:1200],
        we_do="\n".join(lines)[:1000],
        created_by=by,
    )
    record("brief.begun", target=brief, by=by)
    return brief


def brief_change(*, brief: BoardBrief, by: User, **described: str) -> None:
    """Change the words of a brief."""
    BoardBrief.in_scope().filter(pk=brief.pk).update(changed_at=timezone.now(), **described)
    record("brief.changed", target=brief, by=by)


def sections_of(brief: BoardBrief) -> list[tuple[str, list[str]]]:
    """The three parts, each with its points."""
    return [
        (_("What young people say"), lines_of(brief.young_say)[:MOST_LINES]),
        (_("What we do"), lines_of(brief.we_do)[:MOST_LINES]),
        (_("What we need decided"), lines_of(brief.to_decide)[:MOST_LINES]),
    ]


def brief_document(brief: BoardBrief, tenant: Tenant, lang: str) -> Document:
    """The brief as a page to hand out."""
    blocks: list[Block] = []
    for title, lines in sections_of(brief):
        nothing = Paragraph(_("Nothing here yet."), look="soft")
        blocks += [Heading(title), Bullets(tuple(Item(line) for line in lines)) if lines else nothing]
    blocks.append(Paragraph(formats.date_format(timezone.localtime(brief.changed_at), "j F Y"), look="soft"))
    mark = _("Example data") if tenant.is_demo else ""
    above = " · ".join(filter(None, (tenant.name, brief.board)))
    return Document(lang=lang, title=brief.title, above=above, mark=mark, blocks=blocks)
