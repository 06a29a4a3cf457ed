-- Nobody outside sees data by a share whose consent was withdrawn, or that was given for somebody else.
SELECT c.code || ', share ' || a.id FROM casework_caseaccess a
  JOIN casework_case c ON c.id = a.case_id
  LEFT JOIN casework_consent k ON k.id = a.consent_id
 WHERE a.kind = 'share' AND a.revoked_at IS NULL AND (a.valid_until IS NULL OR a.valid_until > now())
   AND (k.id IS NULL OR k.withdrawn_at IS NOT NULL OR k.case_id <> a.case_id
        OR (k.recipient_id IS NOT NULL AND k.recipient_id <> a.organisation_id))
