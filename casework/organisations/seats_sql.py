"""The seats of a person as the database tells them: one function, so that it is planned once a connection.

Migrations make it; `standing_of` asks it, and so does the statement that opens an act.
"""

# `people` is the person herself and whoever she stands in for on that day, through any chain of substitutes; UNION
# leaves out who is there already, so a loop ends. Membership says who and until when; guardian's rows say what the
# role may do in that organisation.
SEATS = """
CREATE OR REPLACE FUNCTION seats_of(of_user bigint, on_day date, down text[], never text[])
RETURNS TABLE (organisation_id bigint, code varchar, name varchar, kind varchar, role varchar,
               permissions varchar[], reach bigint[], instead_of bigint, called varchar)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE people(id) AS (
        SELECT u.id FROM casework_user u WHERE u.id = of_user AND u.is_active
        UNION
        SELECT a.user_id
          FROM people
          JOIN casework_absence a ON a.substitute_id = people.id AND a.ended_at IS NULL
           AND a.first_day <= on_day AND a.last_day >= on_day
    )
    SELECT o.id, o.code, o.name, o.kind, m.role,
           COALESCE((SELECT array_agg(p.codename)
                       FROM auth_group g
                       JOIN casework_organisationgrouppermission gp ON gp.group_id = g.id
                       JOIN auth_permission p ON p.id = gp.permission_id
                      WHERE g.name = o.code || '/' || m.role AND gp.content_object_id = o.id), '{}'),
           CASE WHEN m.role = ANY(down)
                THEN (SELECT array_agg(c.id) FROM casework_organisation c WHERE c.lineage @> ARRAY[o.id])
                ELSE ARRAY[o.id] END,
           NULLIF(u.id, of_user), u.full_name
      FROM people
      JOIN casework_user u ON u.id = people.id AND u.is_active
      JOIN casework_membership m ON m.user_id = u.id
      JOIN casework_organisation o ON o.id = m.organisation_id
       AND o.valid_from <= on_day AND (o.valid_until IS NULL OR o.valid_until >= on_day)
     WHERE m.relieved_at IS NULL
       AND m.valid_from <= on_day AND (m.valid_until IS NULL OR m.valid_until >= on_day)
       AND (u.id = of_user OR m.role <> ALL(never))
     ORDER BY u.id <> of_user, u.id, m.id;
END $$;
"""

NO_SEATS = "DROP FUNCTION IF EXISTS seats_of(bigint, date, text[], text[]);"
