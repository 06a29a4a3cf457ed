-- What the floor walks along. Made in the bench's copy only.
CREATE INDEX IF NOT EXISTS floor_queue ON workflows_task (due_at, id)
 WHERE status = 'NEW' AND flow_task_type = 'HUMAN' AND NOT held
