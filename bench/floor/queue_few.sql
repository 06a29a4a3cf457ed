-- A page of 50 for whoever sits in few bodies: the first 50 of each, by the index of its queue, and the first 50 of those.
SELECT t.id, t.node, t.due_at, c.code, c.working_name, o.name
  FROM casework_membership m
  JOIN casework_organisation o ON o.id = m.organisation_id
 CROSS JOIN LATERAL (
       SELECT x.id, x.node, x.due_at, x.case_id FROM workflows_task x
        WHERE x.organisation_id = m.organisation_id AND x.role = m.role AND x.status = 'NEW'
          AND x.flow_task_type = 'HUMAN' AND NOT x.held
          AND x.permission IN (SELECT p.codename FROM casework_organisationgrouppermission g
                                 JOIN auth_permission p ON p.id = g.permission_id
                                WHERE g.content_object_id = m.organisation_id)
        ORDER BY x.due_at, x.id LIMIT 50) t
  JOIN casework_case c ON c.id = t.case_id
 WHERE m.user_id = %(user)s AND m.relieved_at IS NULL
 ORDER BY t.due_at, t.id
 LIMIT 50
