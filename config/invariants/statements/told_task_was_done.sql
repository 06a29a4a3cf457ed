-- No event says that a task was done which was not.
SELECT e.chain || ' ' || e.seq FROM casework_auditevent e
 WHERE e.verb = 'task.completed'
   AND NOT EXISTS (SELECT FROM workflows_task t
                    WHERE t.id = (e.facts ->> 'task')::bigint AND t.status = 'DONE' AND t.case_id = e.case_id)
