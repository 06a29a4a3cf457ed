-- An open task is held exactly while a hold of it, or of its case, is open.
SELECT 'task ' || t.id FROM workflows_task t
 WHERE t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED')
   AND t.held <> EXISTS (SELECT FROM workflows_hold h
                          WHERE h.case_id = t.case_id AND (h.task_id IS NULL OR h.task_id = t.id) AND h.ended_at IS NULL)
