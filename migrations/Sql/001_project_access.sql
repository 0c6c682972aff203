-- Who may see what: one row for every person and project with the strongest role that memberships and shares give.
-- Lab roles are stored as 0 viewer, 1 member, 2 manager, 3 owner; project roles as 1 viewer, 2 annotator, 3 editor, 4 manager, 5 owner.
create or replace view project_access as
select project_id, user_id, max(role) as role
from (
    select project.id as project_id, membership.user_id, (array[1, 3, 4, 5])[membership.role + 1] as role
    from projects project
    join memberships membership on membership.lab_id = project.lab_id
    union all
    select share.project_id, share.user_id, share.role
    from project_shares share
    where share.user_id is not null
    union all
    select share.project_id, membership.user_id, share.role
    from project_shares share
    join memberships membership on membership.lab_id = share.lab_id
) granted
group by project_id, user_id;
