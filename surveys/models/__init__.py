"""The survey's tables. `Response` and `FreeText` are not given on: shuffle, tabulation and the laying out of texts
alone touch them.
"""

import surveys.models.free_text
import surveys.models.response  # noqa: F401  (known to Django, not offered here)
from surveys.models.channel import Channel, ChannelCount, ChannelTally
from surveys.models.class_code import ClassCode, CodeSheet
from surveys.models.intake import IntakeReceipt, IntakeRow
from surveys.models.invitation import Invitation, InvitationList, PersonalCode
from surveys.models.joint_round import JointAnswer, JointInvitation
from surveys.models.local_support_line import LocalSupportLine
from surveys.models.notice import Notice
from surveys.models.proposal import Proposal
from surveys.models.questionnaire import Questionnaire
from surveys.models.questionnaire_draft import QuestionnaireDraft, QuestionnaireDraftStep
from surveys.models.questionnaire_version import QuestionnaireVersion
from surveys.models.read_text import ReadText
from surveys.models.reference_group import ReferenceComment, ReferenceGroup
from surveys.models.round_part import RoundFigures, RoundPart
from surveys.models.round_report import ReportEdition, RoundReport
from surveys.models.survey_round import SurveyRound
from surveys.models.thank_you import ThankYou, ThankYouEntry, ThankYouWinner

__all__ = [
    "Channel",
    "ChannelCount",
    "ChannelTally",
    "ClassCode",
    "CodeSheet",
    "IntakeReceipt",
    "IntakeRow",
    "Invitation",
    "InvitationList",
    "JointAnswer",
    "JointInvitation",
    "LocalSupportLine",
    "Notice",
    "PersonalCode",
    "Proposal",
    "Questionnaire",
    "QuestionnaireDraft",
    "QuestionnaireDraftStep",
    "QuestionnaireVersion",
    "ReadText",
    "ReferenceComment",
    "ReferenceGroup",
    "ReportEdition",
    "RoundFigures",
    "RoundPart",
    "RoundReport",
    "SurveyRound",
    "ThankYou",
    "ThankYouEntry",
    "ThankYouWinner",
]
