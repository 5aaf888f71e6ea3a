from dialogues.models.action_plan import ActionPlan, ActionPlanEntry, ActionPlanVersion
from dialogues.models.activity import Activity
from dialogues.models.activity_indicator import ActivityIndicator
from dialogues.models.activity_voice import ActivityVoice
from dialogues.models.attendance import Attendance
from dialogues.models.board_brief import BoardBrief
from dialogues.models.cluster import Cluster
from dialogues.models.data_wish_answer import DataWishAnswer
from dialogues.models.dialogue import Dialogue
from dialogues.models.evaluation import ClosingEvaluation, SelfEvaluation, SelfEvaluationLine
from dialogues.models.grant import DialogueUserObjectPermission
from dialogues.models.idea import Idea, IdeaTrial
from dialogues.models.joining import Agreement, Device, JoinCode
from dialogues.models.next_step import NextStep
from dialogues.models.note import Note
from dialogues.models.participant import Participant
from dialogues.models.record import RecordComment, RecordDraft, RecordFile, RecordRules, RecordVersion
from dialogues.models.shared_counts import DialogueCounts, SharedWish
from dialogues.models.slide import Slide, SlidePicture
from dialogues.models.taken_back import TakenBack
from dialogues.models.template import DialogueTemplate

__all__ = [
    "ActionPlan",
    "ActionPlanEntry",
    "ActionPlanVersion",
    "Activity",
    "ActivityIndicator",
    "ActivityVoice",
    "Agreement",
    "Attendance",
    "BoardBrief",
    "ClosingEvaluation",
    "Cluster",
    "DataWishAnswer",
    "Device",
    "Dialogue",
    "DialogueCounts",
    "DialogueTemplate",
    "DialogueUserObjectPermission",
    "Idea",
    "IdeaTrial",
    "JoinCode",
    "NextStep",
    "Note",
    "Participant",
    "RecordComment",
    "RecordDraft",
    "RecordFile",
    "RecordRules",
    "RecordVersion",
    "SelfEvaluation",
    "SelfEvaluationLine",
    "SharedWish",
    "Slide",
    "SlidePicture",
    "TakenBack",
]
