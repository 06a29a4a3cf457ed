-- A process runs exactly as long as one of its steps does.
SELECT 'process ' || p.id FROM workflows_process p
 WHERE (p.status NOT IN ('DONE', 'CANCELED')) <>
       EXISTS (SELECT FROM workflows_task t
                WHERE t.process_id = p.id AND t.status NOT IN ('DONE', 'CANCELED', 'ERROR', 'UNREDO', 'REVIVED'))
