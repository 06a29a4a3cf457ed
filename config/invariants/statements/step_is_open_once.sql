-- No step of a process waits twice at the same time.
SELECT 'process ' || process_id || ', ' || node FROM workflows_task
 WHERE flow_task_type = 'HUMAN' AND status IN ('NEW', 'ASSIGNED')
 GROUP BY process_id, node HAVING count(*) > 1
