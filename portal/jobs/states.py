"""What may become of a job."""

from portal.jobs.models import Job

TRANSITIONS: dict[Job.State, set[Job.State]] = {
    Job.State.WAITING: {Job.State.RUNNING, Job.State.CANCELLED, Job.State.FAILED},
    # Back to waiting when its worker failed, while attempts are left.
    Job.State.RUNNING: {Job.State.WAITING, Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED},
    Job.State.DONE: set(),
    Job.State.FAILED: set(),
    Job.State.CANCELLED: set(),
}
