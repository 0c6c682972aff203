-- Every change of a record leaves a row in audit: who, when, from where, and what the changed fields were before and after.
-- The function runs with its owner's rights, so that the application itself may only read the table.
-- Arguments of a trigger: columns not worth a row (comma-separated), columns whose change is worth a row but whose value is secret.
create or replace function audit_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    old_row jsonb := coalesce(to_jsonb(old), '{}') - string_to_array(tg_argv[0], ',');
    new_row jsonb := coalesce(to_jsonb(new), '{}') - string_to_array(tg_argv[0], ',');
    row_now jsonb := case when tg_op = 'DELETE' then old_row else new_row end;
    secrets text[] := string_to_array(tg_argv[1], ',');
    old_fields jsonb := '{}';
    new_fields jsonb := '{}';
    field text;
begin
    for field in select jsonb_object_keys(old_row || new_row) loop
        if old_row -> field is distinct from new_row -> field then
            if old_row ? field then
                old_fields := old_fields || jsonb_build_object(field, case when field = any (secrets) then '"(secret)"' else old_row -> field end);
            end if;
            if new_row ? field then
                new_fields := new_fields || jsonb_build_object(field, case when field = any (secrets) then '"(secret)"' else new_row -> field end);
            end if;
        end if;
    end loop;

    if tg_op = 'UPDATE' and old_fields = '{}' then
        return null;
    end if;

    insert into audit (at, user_id, origin, table_name, record_id, lab_id, project_id, action, before, after)
    values (
        clock_timestamp(),
        nullif(current_setting('cryohub.user', true), '')::uuid,
        coalesce(current_setting('cryohub.origin', true), ''),
        tg_table_name,
        coalesce(row_now ->> 'id', (row_now ->> 'lab_id') || '/' || (row_now ->> 'user_id')),
        coalesce(row_now ->> 'lab_id', case tg_table_name when 'labs' then row_now ->> 'id' end)::uuid,
        coalesce(row_now ->> 'project_id', case tg_table_name when 'projects' then row_now ->> 'id' end)::uuid,
        lower(tg_op), old_fields, new_fields);
    return null;
end $$;

create or replace function audit_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only.' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_refuse_change();

create or replace trigger audit after insert or update or delete on labs
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on memberships
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on invitations
    for each row execute function audit_change('', 'code_hash');
create or replace trigger audit after insert or update or delete on projects
    for each row execute function audit_change('search_text', '');
create or replace trigger audit after insert or update or delete on project_shares
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on samples
    for each row execute function audit_change('search_text', '');
create or replace trigger audit after insert or update or delete on steps
    for each row execute function audit_change('search_text', '');
create or replace trigger audit after insert or update or delete on labels
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on storage_places
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on keepings
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on gap_acceptances
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on sessions
    for each row execute function audit_change('search_text', '');
create or replace trigger audit after insert or update or delete on datasets
    for each row execute function audit_change('search_text,metadata_text', '');
create or replace trigger audit after insert or update or delete on results
    for each row execute function audit_change('', '');
-- Heartbeats are not history.
create or replace trigger audit after insert or update or delete on jobs
    for each row execute function audit_change('fraction,step,lease_until,worker_id', '');
create or replace trigger audit after insert or update or delete on uploads
    for each row execute function audit_change('expires_at,store_upload_id', '');
create or replace trigger audit after insert or update or delete on users
    for each row execute function audit_change('concurrency_stamp,last_code_step', 'password_hash,security_stamp');
create or replace trigger audit after insert or update or delete on access_tokens
    for each row execute function audit_change('last_used_at', 'hash');
