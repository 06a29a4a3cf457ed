"""The database's part of an act on a task: lock its case, then read all that the act decides on, in one call.

In a volatile function every statement sees what was committed before it began: what is read after the lock is what
stood when the lock was got. One plain statement with FOR UPDATE would read the rest as it was before the wait.
"""

OPEN = """
CREATE OR REPLACE FUNCTION act_open(of_task bigint, of_user bigint, of_request uuid, on_day date,
                                    down text[], never text[], makes jsonb)
RETURNS TABLE (the_case casework_case, the_task workflows_task, the_process workflows_process,
               the_assignment workflows_taskassignment, answered boolean, seats json, done_steps json,
               rounds json, hindered boolean, clock_mark bigint, province bigint, made json)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM casework_case k JOIN workflows_task w ON w.case_id = k.id WHERE w.id = of_task FOR UPDATE OF k;
    RETURN QUERY
    SELECT k, w, r, a,
           EXISTS (SELECT FROM casework_auditevent e WHERE e.actor_id = of_user AND e.request_id = of_request),
           (SELECT json_agg(json_build_array(s.organisation_id, s.code, s.name, s.kind, s.role, s.permissions,
                                             s.reach, s.instead_of, s.called))
              FROM seats_of(of_user, on_day, down, never) s),
           (SELECT json_agg(json_build_object('node', e.facts ->> 'node', 'actor', e.actor_id,
                                              'behalf', e.on_behalf_of_id))
              FROM casework_auditevent e WHERE e.case_id = k.id AND e.verb = 'task.completed'),
           (SELECT json_object_agg(n.node, n.times)
              FROM (SELECT o.node, count(*) AS times FROM workflows_task o
                     WHERE o.process_id = r.id GROUP BY o.node) n),
           EXISTS (SELECT FROM workflows_errand b WHERE b.case_id = k.id AND b.blocks_stage AND b.ended_at IS NULL),
           (SELECT m.version FROM workflows_clockmark m),
           u.parent_id,
           -- The ids of the rows that the act will make: of any step, and of this one.
           (SELECT json_object_agg(x.made_in, nextval(pg_get_serial_sequence(x.made_in, 'id')))
              FROM jsonb_array_elements_text((makes -> '') || COALESCE(makes -> w.node, '[]')) AS x(made_in))
      FROM workflows_task w
      JOIN casework_case k ON k.id = w.case_id
      JOIN workflows_process r ON r.id = w.process_id
      JOIN casework_administrativeunit u ON u.id = k.area_id
      LEFT JOIN workflows_taskassignment a ON a.task_id = w.id AND a.ended_at IS NULL
     WHERE w.id = of_task;
END $$;
"""

NO_OPEN = "DROP FUNCTION IF EXISTS act_open(bigint, bigint, uuid, date, text[], text[], jsonb);"
