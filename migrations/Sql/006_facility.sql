-- An instrument is down once at a time. btree_gist (005) lets an exclusion constraint compare ids.
alter table downtimes drop constraint if exists ex_downtimes_one;
alter table downtimes add constraint ex_downtimes_one exclude using gist (instrument_id with =, tstzrange(since, until) with &&);

-- No instrument is booked twice: bookings that hold their time (asked, confirmed) do not overlap. Ends are open, so one may begin when another ends.
alter table bookings drop constraint if exists ex_bookings_one;
alter table bookings add constraint ex_bookings_one exclude using gist (instrument_id with =, tstzrange(starts_at, ends_at) with &&) where (state in ('Asked', 'Confirmed'));
