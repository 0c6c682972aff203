-- An instrument is down once at a time. btree_gist (005) lets an exclusion constraint compare ids.
alter table downtimes drop constraint if exists ex_downtimes_one;
alter table downtimes add constraint ex_downtimes_one exclude using gist (instrument_id with =, tstzrange(since, until) with &&);
