"""What may become of a job."""

from portal.jobs.models import Job

TRANSITIONS: dict[Job.State, set[Job.State]] = {
    Job.State.WAITING: {Job.State.RUNNING, Job.State.CANCELLED, Job.State.FAILED},
    Job.State.RUNNING: {Job.State.RUNNING, Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED},
    Job.State.DONE: set(),
    Job.State.FAILED: {Job.State.WAITING},
    Job.State.CANCELLED: set(),
}
