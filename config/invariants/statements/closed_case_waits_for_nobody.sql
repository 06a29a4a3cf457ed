-- A closed case has no open task and no running process.
SELECT c.code || ', task ' || t.id FROM casework_case c
  JOIN workflows_task t ON t.case_id = c.id AND t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED')
 WHERE c.status = 'closed'
 UNION ALL
SELECT c.code || ', process ' || p.id FROM casework_case c
  JOIN workflows_process p ON p.case_id = c.id AND p.status NOT IN ('DONE', 'CANCELED')
 WHERE c.status = 'closed'
