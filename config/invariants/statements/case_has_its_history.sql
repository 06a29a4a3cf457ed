-- Every case has a history, and it begins with the event that opened it.
SELECT c.code FROM casework_case c
 WHERE NOT EXISTS (SELECT FROM casework_auditevent e WHERE e.chain = 'case:' || c.id AND e.seq = 1)
