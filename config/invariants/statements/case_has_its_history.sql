-- Every case has a history that begins with its first event.
SELECT c.code FROM casework_case c
 WHERE NOT EXISTS (SELECT FROM casework_auditevent e WHERE e.chain = 'case:' || c.id AND e.seq = 1)
