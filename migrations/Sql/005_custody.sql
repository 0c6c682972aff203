-- An item is in one place at a time, and a slot holds one item at a time, now and in the past. btree_gist lets an exclusion constraint compare ids.
create extension if not exists btree_gist;

alter table keepings drop constraint if exists ex_keepings_one_place;
alter table keepings add constraint ex_keepings_one_place exclude using gist (sample_id with =, tstzrange(since, until) with &&);
alter table keepings drop constraint if exists ex_keepings_one_item;
alter table keepings add constraint ex_keepings_one_item exclude using gist (place_id with =, slot with =, tstzrange(since, until) with &&) where (place_id is not null);

-- Gaps in custody: a keeping that began without a record of how the item came there, and a step done to an item that by the record lay in storage or was on its way.
create or replace view custody_gaps as
select keeping.sample_id, keeping.id as keeping_id, null::uuid as step_id, keeping.unrecorded_since as since, keeping.since as until
from keepings keeping
where keeping.unrecorded_since is not null
union all
select keeping.sample_id, keeping.id, step.id, greatest(step.started_at, keeping.since), least(step.ended_at, coalesce(keeping.until, 'infinity'))
from keepings keeping
join step_samples link on link.sample_id = keeping.sample_id and link.role = 'Subject'
join steps step on step.id = link.step_id and step.deleted_at is null and step.corrects_id is null and step.kind <> 'storage'
where keeping.kind in ('Storage', 'Shipment') and step.started_at < coalesce(keeping.until, 'infinity') and step.ended_at > keeping.since;

grant select on custody_gaps to cryohub_app;
