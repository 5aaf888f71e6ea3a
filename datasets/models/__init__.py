from datasets.models.age_band import AgeBand
from datasets.models.approval import Approval
from datasets.models.catalogue_listing import CatalogueListing
from datasets.models.category_grouping import CategoryGrouping
from datasets.models.chart import Chart
from datasets.models.dataset import Dataset
from datasets.models.ledger_alarm import LedgerAlarm
from datasets.models.likeness import Likeness
from datasets.models.municipality_part import MunicipalityPart
from datasets.models.offer import Offer
from datasets.models.package_check import PackageCheck
from datasets.models.release import Release
from datasets.models.release_report import ReleaseReport
from datasets.models.release_table import ReleaseTable
from datasets.models.source_piece import SourcePiece
from datasets.models.source_subscription import SourceSubscription
from datasets.models.system_map import SystemMapVersion
from datasets.models.upload import Upload
from datasets.models.voice import Voice

__all__ = [
    "AgeBand", "Approval", "CatalogueListing", "CategoryGrouping", "Chart", "Dataset", "LedgerAlarm", "Likeness",
    "MunicipalityPart", "Offer", "PackageCheck", "Release", "ReleaseReport", "ReleaseTable", "SourcePiece",
    "SourceSubscription", "SystemMapVersion", "Upload", "Voice",
]  # fmt: skip
