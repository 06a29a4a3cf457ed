-- A case that is not closed has at least one open task: nothing is ever stuck without anybody knowing.
SELECT c.code FROM casework_case c
 WHERE c.status <> 'closed'
   AND NOT EXISTS (SELECT FROM workflows_task t
                    WHERE t.case_id = c.id AND t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED'))
