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
    record text;
    project text;
    lab text;
    chains text;
    no_lab constant text := '00000000-0000-0000-0000-000000000000';
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

    record := coalesce(
        row_now ->> 'id', (row_now ->> 'lab_id') || '/' || (row_now ->> 'user_id'), (row_now ->> 'step_id') || '/' || coalesce(row_now ->> 'sample_id', row_now ->> 'dataset_id'),
        (row_now ->> 'shipment_id') || '/' || (row_now ->> 'sample_id'));

    -- Whose history it is: what the row says, or what it belongs to; where that is gone already, as it was the last time.
    project := coalesce(
        row_now ->> 'project_id', case tg_table_name when 'projects' then row_now ->> 'id' end,
        (select project_id::text from steps where id = (row_now ->> 'step_id')::uuid), (select project_id::text from samples where id = (row_now ->> 'sample_id')::uuid));
    lab := coalesce(
        row_now ->> 'lab_id', row_now ->> 'from_lab_id', (select lab_id::text from instruments where id = (row_now ->> 'instrument_id')::uuid), case tg_table_name when 'labs' then row_now ->> 'id' end, (select lab_id::text from projects where id = project::uuid),
        (select lab_id::text from audit where table_name = tg_table_name and record_id = record and lab_id is not null order by id desc limit 1));

    -- The chains that this transaction will lengthen at its end, for audit_chain().
    chains := coalesce(current_setting('cryohub.audit_chains', true), '');
    if position(coalesce(lab, no_lab) in chains) = 0 then
        perform set_config('cryohub.audit_chains', chains || ' ' || coalesce(lab, no_lab), true);
    end if;

    insert into audit (at, user_id, origin, table_name, record_id, lab_id, project_id, action, before, after)
    values (
        clock_timestamp(),
        nullif(current_setting('cryohub.user', true), '')::uuid,
        coalesce(current_setting('cryohub.origin', true), ''),
        tg_table_name, record, lab::uuid, project::uuid, lower(tg_op), old_fields, new_fields);
    return null;
end $$;

create or replace function audit_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit trail is append-only.' using errcode = 'insufficient_privilege';
end $$;

create or replace trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function audit_refuse_change();

-- One chain of hashes a lab. The content of an entry is a list of netstrings (length in bytes, colon, text), a dash for null; verification outside the database
-- builds the same text and hashes it by itself.
create or replace function audit_text(entry audit) returns text language sql stable set search_path = public, pg_temp as $$
    select string_agg(case when value is null then '-' else octet_length(convert_to(value, 'UTF8')) || ':' || value end, ',' order by place)
    from (values
        (1, entry.id::text), (2, (extract(epoch from entry.at) * 1000000)::bigint::text), (3, entry.user_id::text), (4, entry.origin::text), (5, entry.table_name::text),
        (6, entry.record_id::text), (7, entry.lab_id::text), (8, entry.project_id::text), (9, entry.action::text), (10, entry.before::text), (11, entry.after::text)
    ) fields(place, value)
$$;

-- Runs when the transaction is about to commit: the heads are locked for that moment only, in one order for everybody, so writers of a lab wait shortly and never
-- for each other in a circle. Numbers follow the order of commits.
create or replace function audit_chain() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    own uuid := coalesce(new.lab_id, '00000000-0000-0000-0000-000000000000');
    one uuid;
    head audit_heads;
    content bytea;
    linked bytea;
begin
    if coalesce(current_setting('cryohub.audit_locked', true), '') <> pg_current_xact_id()::text then
        for one in select distinct chain::uuid from unnest(string_to_array(trim(coalesce(current_setting('cryohub.audit_chains', true), '') || ' ' || own), ' ')) chain order by 1 loop
            insert into audit_heads (chain, number, hash) values (one, 0, sha256(convert_to(one::text, 'UTF8'))) on conflict do nothing;
            perform 1 from audit_heads where chain = one for update;
        end loop;
        perform set_config('cryohub.audit_locked', pg_current_xact_id()::text, true);
    end if;

    select * into head from audit_heads where chain = own for update;
    content := sha256(convert_to(audit_text(new), 'UTF8'));
    linked := sha256(head.hash || int8send(head.number + 1) || content);
    insert into audit_links (chain, number, entry_id, digest, hash) values (own, head.number + 1, new.id, content, linked);
    update audit_heads set number = head.number + 1, hash = linked where chain = own;
    return null;
end $$;

drop trigger if exists audit_chain on audit;
create constraint trigger audit_chain after insert on audit deferrable initially deferred
    for each row execute function audit_chain();

create or replace trigger audit_links_append_only before update or delete or truncate on audit_links
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
create or replace trigger audit after insert or update or delete on sample_pairs
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on steps
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on labels
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on storage_places
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on keepings
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on gap_acceptances
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on handovers
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on shipments
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on item_failures
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on step_samples
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on step_datasets
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on lab_templates
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on workflow_runs
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on lab_limits
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on shipment_items
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on instruments
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on calibrations
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on qualifications
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on downtimes
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on bookings
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on calendar_feeds
    for each row execute function audit_change('', 'code_hash');
create or replace trigger audit after insert or update or delete on clock_checks
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on instrument_rates
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on annotation_classes
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on review_tasks
    for each row execute function audit_change('', '');
-- Strokes are history themselves.
create or replace trigger audit after insert or update or delete on paint_layers
    for each row execute function audit_change('sequence,ground_sequence', '');
create or replace trigger audit after insert or update or delete on sessions
    for each row execute function audit_change('search_text', '');
create or replace trigger audit after insert or update or delete on datasets
    for each row execute function audit_change('search_text,metadata_text', '');
create or replace trigger audit after insert or update or delete on reference_spectra
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on comments
    for each row execute function audit_change('', '');
create or replace trigger audit after insert or update or delete on recipes
    for each row execute function audit_change('', '');
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
