from datasets.models.chart import Chart
from datasets.models.dataset import Dataset
from datasets.models.ledger_alarm import LedgerAlarm
from datasets.models.release import Release
from datasets.models.release_report import ReleaseReport
from datasets.models.release_table import ReleaseTable
from datasets.models.upload import Upload

__all__ = ["Chart", "Dataset", "LedgerAlarm", "Release", "ReleaseReport", "ReleaseTable", "Upload"]
