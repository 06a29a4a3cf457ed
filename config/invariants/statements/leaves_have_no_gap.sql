-- Leaves are numbered from 0 without a gap, and no checkpoint speaks of more than there are.
SELECT 'leaves: ' || count(*) || ' up to ' || max(number) FROM casework_auditleaf
HAVING count(*) <> COALESCE(max(number) + 1, 0)
 UNION ALL
SELECT 'checkpoint ' || number FROM casework_auditcheckpoint
 WHERE size > (SELECT count(*) FROM casework_auditleaf)
