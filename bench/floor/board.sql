-- Running cases by stage and organisation, from an index alone.
SELECT lead_organisation_id, stage, count(*) FROM casework_case GROUP BY 1, 2
