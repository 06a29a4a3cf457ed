-- A page of 50 for whoever sits in many bodies: walk the open tasks by their day and test the right on each.
SELECT t.id, t.node, t.due_at, c.code, c.working_name, o.name
  FROM workflows_task t
  JOIN casework_case c ON c.id = t.case_id
  JOIN casework_organisation o ON o.id = t.organisation_id
 WHERE t.status = 'NEW' AND t.flow_task_type = 'HUMAN' AND NOT t.held
   AND (SELECT true FROM casework_membership m
          JOIN casework_organisationgrouppermission g ON g.content_object_id = m.organisation_id
          JOIN auth_permission p ON p.id = g.permission_id AND p.codename = t.permission
         WHERE m.user_id = %(user)s AND m.organisation_id = t.organisation_id AND m.relieved_at IS NULL
         LIMIT 1)  -- and not EXISTS, which the planner would turn into a join over all tasks
 ORDER BY t.due_at, t.id
 LIMIT 50
