-- A case that is not closed stays in exactly one stage: its own.
SELECT c.code FROM casework_case c
  LEFT JOIN workflows_stagestay s ON s.case_id = c.id AND s.until IS NULL
 GROUP BY c.id HAVING (c.status <> 'closed') <> (count(s.id) = 1) OR bool_or(s.stage <> c.stage)
