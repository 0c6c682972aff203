-- The application's own role: it reads and writes rows, owns nothing and changes no structure. It gets a password, if any, when migrations are applied.
do $$
begin
    create role cryohub_app login;
exception when duplicate_object or unique_violation then
    null;   -- roles belong to the whole server: another database, or another migration at this moment, has made it
end $$;

grant usage on schema public to cryohub_app;
grant select, insert, update, delete on all tables in schema public to cryohub_app;
grant usage on all sequences in schema public to cryohub_app;
alter default privileges in schema public grant select, insert, update, delete on tables to cryohub_app;
alter default privileges in schema public grant usage on sequences to cryohub_app;

revoke insert, update, delete on audit, audit_links, audit_heads from cryohub_app;
revoke execute on function audit_change(), audit_chain() from public;
revoke insert, update, delete on "__EFMigrationsHistory" from cryohub_app;
