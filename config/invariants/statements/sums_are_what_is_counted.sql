-- The kept numbers of the board are those that counting all cases gives.
WITH counted AS (
    SELECT r.audience_id, r.lead_organisation_id, r.area_id, c.what, c.word, c.day, c.n, c.held, c.opened, c.since
      FROM workflows_countedcase r CROSS JOIN LATERAL summary_counts(r) c
     UNION ALL
    SELECT audience_id, lead_organisation_id, area_id, what, word, day, -n, -held, -opened, -since
      FROM workflows_casesum
), differing AS (
    -- The worker adds up all days that are over.
    SELECT audience_id, lead_organisation_id, area_id, what, word,
           CASE WHEN what = 'due' AND day < (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN DATE '0001-01-01'
                ELSE day END AS day
      FROM counted
     GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(n) <> 0 OR sum(held) <> 0 OR sum(opened) <> 0 OR sum(since) <> 0
)
SELECT 'sum of ' || what || ' ' || word || ', organisation ' || COALESCE(lead_organisation_id, 0) FROM differing
 UNION ALL
SELECT c.code FROM casework_case c LEFT JOIN workflows_countedcase r ON r.case_id = c.id
 WHERE r.case_id IS NULL
    OR (r.kind, r.stage, r.status, r.outcome, r.lead_organisation_id, r.area_id, r.due_on) IS DISTINCT FROM
       (c.kind, c.stage, c.status, c.outcome, c.lead_organisation_id, c.area_id, summary_nearest(c.id))
