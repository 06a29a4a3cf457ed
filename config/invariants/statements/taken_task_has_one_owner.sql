-- A taken task has one open assignment, to its owner; no other task has an open one.
SELECT 'task ' || t.id FROM workflows_task t
  LEFT JOIN workflows_taskassignment a ON a.task_id = t.id AND a.ended_at IS NULL
 WHERE (t.status = 'ASSIGNED' AND t.flow_task_type = 'HUMAN' AND a.user_id IS DISTINCT FROM t.owner_id)
    OR (t.status <> 'ASSIGNED' AND a.id IS NOT NULL)
