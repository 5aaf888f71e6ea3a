from dialogues.models.dialogue import Dialogue
from dialogues.models.grant import DialogueUserObjectPermission
from dialogues.models.next_step import NextStep
from dialogues.models.note import Note
from dialogues.models.participant import Participant
from dialogues.models.slide import Slide

__all__ = ["Dialogue", "DialogueUserObjectPermission", "NextStep", "Note", "Participant", "Slide"]
