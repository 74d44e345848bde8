"""The web service: `uvicorn main:app --reload --port 8000`."""

from celery.result import AsyncResult
from celery_queue import tasks
from celery_queue.celery_app import celery_app
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Queue demo")


class Submission(BaseModel):
    """A task to run: its name within `celery_queue.tasks`, and what it is called with."""

    name: str = "add"
    args: list = []
    kwargs: dict = {}


@app.get("/health")
def health() -> dict:
    """Tell the platform that the service is up."""
    return {"status": "ok"}


@app.post("/tasks", status_code=202)
def submit(submission: Submission) -> dict:
    """Put a task into the queue; its id comes back at once."""
    task = celery_app.tasks.get(f"{tasks.__name__}.{submission.name}")
    if task is None:
        raise HTTPException(404, f"There is no task {submission.name}.")
    return {"id": task.apply_async(submission.args, submission.kwargs).id}


@app.get("/tasks/{task_id}")
def state(task_id: str) -> dict:
    """Tell how far a task is, and its result once it is done."""
    result = AsyncResult(task_id, app=celery_app)
    done = result.successful()
    return {"id": task_id, "state": result.state, "result": result.result if done else None}
