-- The events of a chain are numbered without a gap, and each names the hash of the one before.
SELECT chain || ' ' || seq FROM (
    SELECT chain, seq, prev, lag(seq) OVER one AS seq_before, lag(hash) OVER one AS hash_before
      FROM casework_auditevent WINDOW one AS (PARTITION BY chain ORDER BY seq)) e
 WHERE seq <> COALESCE(seq_before, 0) + 1 OR (hash_before IS NOT NULL AND prev <> hash_before)
