-- Every task that was done has exactly one event that says so, in the history of its case.
SELECT c.code || ', task ' || t.id || ': ' || count(e.id) FROM workflows_task t
  JOIN casework_case c ON c.id = t.case_id
  LEFT JOIN casework_auditevent e ON e.case_id = t.case_id AND e.verb = 'task.completed'
        AND (e.facts ->> 'task')::bigint = t.id AND NOT e.facts ? 'also_in'
 WHERE t.flow_task_type = 'HUMAN' AND t.status = 'DONE'
 GROUP BY c.code, t.id HAVING count(e.id) <> 1
