-- Stage and status of a case are those of which its history told last.
WITH told AS (
    SELECT e.case_id, change ->> 'field' AS field, change ->> 'to' AS word,
           row_number() OVER (PARTITION BY e.case_id, change ->> 'field' ORDER BY e.seq DESC, place DESC) AS last
      FROM casework_auditevent e
     CROSS JOIN LATERAL jsonb_array_elements(e.changes) WITH ORDINALITY AS all_of(change, place)
     WHERE e.chain = 'case:' || e.case_id AND change ->> 'field' IN ('stage', 'status')
       AND change ->> 'object' = 'case:' || e.case_id
)
SELECT c.code || ', ' || told.field FROM told JOIN casework_case c ON c.id = told.case_id
 WHERE told.last = 1 AND told.word <> CASE told.field WHEN 'stage' THEN c.stage ELSE c.status END
