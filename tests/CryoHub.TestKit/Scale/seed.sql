-- A site with :labs labs, and for each of them 500 samples, 5,000 data sets and 25,000 steps; the same rows every time. Written in the order of time, as a site grows: what belongs to one
-- project lies scattered over the tables. Sizes are skewed as in real life: the largest of 1,000 projects holds 3 % of everything, and every fiftieth sample 255 data sets.
-- Triggers and foreign keys sleep meanwhile; indexes are made at the end.
set session_replication_role = replica;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
set synchronous_commit = off;

-- Ids like those of Guid.CreateVersion7: the time first.
create function pg_temp.seeded(kind text, n bigint, at timestamptz) returns uuid language sql immutable parallel safe as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || 'b' || substr(md5(kind || n), 4, 15))::uuid $$;

-- Evenly from 0 to 1, another one for every number and salt.
create function pg_temp.roll(n bigint, salt bigint) returns double precision language sql immutable parallel safe as
$$ select (hashint8extended(n, salt) & 4294967295) / 4294967296.0::double precision $$;

create function pg_temp.chosen(n bigint, salt bigint, among text[]) returns text language sql immutable parallel safe as
$$ select among[1 + floor(pg_temp.roll(n, salt) * cardinality(among))::int] $$;

create function pg_temp.day(bundle bigint) returns timestamptz language sql immutable parallel safe as
$$ select timestamptz '2019-01-01 06:00+00' + bundle * interval '1 day' $$;

create temp table later as
select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
from pg_index join pg_class on pg_class.oid = indrelid
where relname in ('samples', 'datasets', 'dataset_files', 'signals', 'steps', 'step_samples', 'step_datasets', 'jobs', 'job_inputs', 'results')
    and not exists (select 1 from pg_constraint where conindid = indexrelid);
do $$ declare one record; begin for one in select * from later loop execute 'drop index ' || one.name; end loop; end $$;

insert into labs (id, name, created_at)
select pg_temp.seeded('lab', n, pg_temp.day(0)), 'Lab ' || to_char(n, 'FM000'), pg_temp.day(0) from generate_series(0, :labs - 1) n;

-- Five people a lab; then somebody who belongs to three labs, and somebody who belongs to all.
insert into users (id, display_name, is_administrator, created_at, last_code_step, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
select pg_temp.seeded('person', n, pg_temp.day(0)), 'Person ' || n, false, pg_temp.day(0), 0, mail, upper(mail), mail, upper(mail), true, 'stamp', false, false, false, 0
from generate_series(0, 5 * :labs + 1) n, lateral (select 'person-' || n || '@example.org' as mail) m;

insert into memberships (lab_id, user_id, role, since)
select pg_temp.seeded('lab', lab, pg_temp.day(0)), pg_temp.seeded('person', person, pg_temp.day(0)), role, pg_temp.day(0)
from (
    select n / 5 as lab, n as person, case n % 5 when 0 then 3 when 1 then 2 else 1 end as role from generate_series(0, 5 * :labs - 1) n
    union all select distinct lab % :labs, 5 * :labs, 1 from unnest(array[1, 7, 60]) lab
    union all select n, 5 * :labs + 1, 1 from generate_series(0, :labs - 1) n
) member;

-- Two in a hundred lie in the trash; every twentieth is shared with another lab.
insert into projects (id, lab_id, name, notes, created_by, created_at, deleted_at)
select pg_temp.seeded('project', n, pg_temp.day(0)), pg_temp.seeded('lab', n / 5, pg_temp.day(0)), 'Project ' || n || ' ' || pg_temp.chosen(n, 1, '{lithium,sodium,zinc,potassium,magnesium}'),
    'What becomes of the ' || pg_temp.chosen(n, 2, '{interphase,deposit,electrolyte,separator}'), pg_temp.seeded('person', n, pg_temp.day(0)), pg_temp.day(0), case when n % 50 = 49 then pg_temp.day(3000) end
from generate_series(0, 5 * :labs - 1) n;
insert into project_shares (id, project_id, lab_id, role, created_at)
select pg_temp.seeded('share', n, pg_temp.day(0)), pg_temp.seeded('project', n, pg_temp.day(0)), pg_temp.seeded('lab', (n / 5 + 7) % :labs, pg_temp.day(0)), 1, pg_temp.day(0)
from generate_series(0, 5 * :labs - 1, 20) n;

-- Bundles of fifty samples are one day's work in one project: five cells, each opened, cut, washed, milled and gridded.
create temp table sample_seeds as
select n, n / 50 as bundle, pg_temp.seeded('project', project, pg_temp.day(0)) as project_id, pg_temp.seeded('person', project, pg_temp.day(0)) as person_id,
    pg_temp.seeded('lab', project / 5, pg_temp.day(0)) as lab_id, member, made_at, pg_temp.seeded('sample', n, made_at) as id,
    n - member + (array[null, 0, 0, 1, 1, 2, 3, 4, 5, 5])[member + 1] as parent
from (
    select n, (n % 10)::int as member, floor(5 * :labs * power(pg_temp.roll(n / 50, 3), 2))::bigint as project,
        pg_temp.day(n / 50) + (array[0, 1, 1, 2, 2, 2, 3, 3, 3, 3])[n % 10 + 1] * interval '2 hours' as made_at
    from generate_series(0::bigint, 500 * :labs - 1) n) seed;
create unique index on sample_seeds (n);
analyze sample_seeds;

insert into samples (id, project_id, parent_id, kind, name, metal, notes, fields, created_by, created_at, deleted_at)
select s.id, s.project_id, parent.id, (array['Cell', 'Electrode', 'Electrode', 'Specimen', 'Specimen', 'Specimen', 'Lamella', 'Grid', 'Grid', 'Grid'])[s.member + 1], 'G-' || to_char(s.n, 'FM000000'),
    pg_temp.chosen(s.n / 10, 4, '{Li,Li,Li,Na,K,Zn,Mg,""}'), 'Seen by ' || pg_temp.chosen(s.n, 5, '{light,naked eye,SEM}') || ' before; batch ' || s.n / 200,
    jsonb_build_object('supplier', pg_temp.chosen(s.n, 6, '{Alfa,Honjo,Sigma}'), 'lot', 'L' || s.n / 500), s.person_id, s.made_at, case when s.n % 100 = 98 then pg_temp.day(3000) end
from sample_seeds s left join sample_seeds parent on parent.n = s.parent order by s.n;

insert into sessions (id, project_id, name, instrument, started_at, notes, created_by, created_at)
select pg_temp.seeded('session', n / 10, pg_temp.day(bundle)), project_id, 'Session ' || n / 10, pg_temp.chosen(n, 7, '{Titan Krios,Talos F200X,JEM-ARM300F,Themis Z}'), pg_temp.day(bundle), '', person_id, pg_temp.day(bundle)
from sample_seeds where member = 0 order by n;

-- Half of the data sets lie evenly on all samples, half on every fiftieth.
create temp table dataset_seeds as
select seed.n, home.bundle, home.project_id, home.person_id, home.n as sample, home.id as sample_id, pg_temp.seeded('session', seed.n / 100, pg_temp.day(home.bundle)) as session_id,
    taken_at, pg_temp.seeded('dataset', seed.n, taken_at) as id, pg_temp.chosen(seed.n, 8, '{image,image,image,image,image,image,spectrum-image,tilt-series,diffraction,spectrum}') as kind
from (select n, case when n % 10 < 5 then n / 10 else n / 500 * 50 + 9 end as sample, pg_temp.day(n / 500) + interval '10 hours' + n % 500 * interval '20 seconds' as taken_at
    from generate_series(0::bigint, 5000 * :labs - 1) n) seed
join sample_seeds home on home.n = seed.sample;

insert into datasets (id, project_id, sample_id, session_id, name, notes, status, format, problem, size_bytes, kind, beam_energy_kev, elements, acquired_at, metadata_text, created_by, created_at, deleted_at)
select id, project_id, sample_id, session_id, pg_temp.chosen(n, 9, '{HAADF,HRTEM,SAED,EELS,EDX,LMM}') || '_' || to_char(n, 'FM0000000') || '.dm4', case when n % 10 = 0 then 'drift, repeated' else '' end,
    case when n % 200 = 0 then 'Unreadable' else 'Ready' end, pg_temp.chosen(n, 10, '{digital-micrograph,mrc,emd-velox,tiff}'), '', 1000000 + (pg_temp.roll(n, 11) * 1e9)::bigint, kind,
    pg_temp.chosen(n / 100, 12, '{300,300,200,120,80}')::double precision, case when n % 3 = 0 then array['Li', pg_temp.chosen(n, 13, '{O,F,S,C,Zn}')] else '{}' end, taken_at,
    'Gatan GIF Continuum K3 counting exposure ' || (n % 40 + 1) || ' magnification ' || pg_temp.chosen(n, 14, '{8700,22000,81000,105000}') || ' operator '
        || pg_temp.chosen(n / 100, 15, '{Ada,Berta,Chen,Dana,Emil,Fatima,Goro,Hana,Ivan,Jun}') || ' holder Elsa spot ' || (n % 9) || ' convergence ' || (n % 30) || ' C2 aperture ' || (n % 5 * 10 + 50)
        || ' run' || n / 100 || ' file' || n,
    person_id, taken_at + interval '1 hour', case when n % 100 = 99 then pg_temp.day(3000) end
from dataset_seeds order by n;

insert into dataset_files (id, dataset_id, path, object_key, size, sha256, is_primary, damage)
select pg_temp.seeded('file', n, taken_at), id, n || '.dm4', 'datasets/' || id || '/original', 1000000, sha256(int8send(n)), true, '' from dataset_seeds order by n;

insert into signals (dataset_id, index, name, kind, pixel_type, shape, axes, metadata, original, value_unit, statistics, zarr_prefix, thumbnail_key)
select id, 0, 'HAADF', kind, 'uint16', '{4096,4096}', '[{"name":"y","size":4096,"unit":"nm","role":"space","step":0.01},{"name":"x","size":4096,"unit":"nm","role":"space","step":0.01}]', '{"beamEnergyKeV":300}',
    jsonb_build_object('Microscope', jsonb_build_object('Name', 'Titan', 'Spot', n % 9)), 'counts', '{"minimum":0,"maximum":4095,"mean":812.5}', 'datasets/' || id || '/0.zarr', 'datasets/' || id || '/0.png'
from dataset_seeds order by n;

-- Fifty steps a sample: one that made it, ten acquisitions, the rest on the way.
create temp table step_seeds as
select s.n * 40 as n, 0 as part, s.bundle, s.project_id, s.person_id, s.id as sample_id, parent.id as parent_id, null::uuid as dataset_id, s.made_at - interval '10 minutes' as started_at, s.made_at as ended_at,
    (array['cell-assembly', 'disassembly', 'disassembly', 'cutting', 'cutting', 'cutting', 'lift-out', 'mounting', 'mounting', 'mounting'])[s.member + 1] as kind
from sample_seeds s left join sample_seeds parent on parent.n = s.parent
union all
select s.n * 40 + k, 1, s.bundle, s.project_id, s.person_id, s.id, null, null, s.made_at + k * interval '2 minutes', s.made_at + k * interval '2 minutes' + interval '1 minute', pg_temp.chosen(s.n * 40 + k, 16, '{wash,transfer,storage,milling,note}')
from sample_seeds s, generate_series(1, 39) k
union all
select n, 2, bundle, project_id, person_id, sample_id, null, id, taken_at, taken_at + interval '1 second', 'acquisition' from dataset_seeds;
alter table step_seeds add id uuid;
update step_seeds set id = pg_temp.seeded('step' || part, n, started_at);
analyze step_seeds;

insert into steps (id, project_id, kind, started_at, ended_at, person, place, device, notes, deviation, values, created_by, created_at, signed_at, signed_by, deleted_at)
select id, project_id, kind, started_at, ended_at, pg_temp.chosen(bundle, 17, '{Ada,Berta,Chen,Dana,Emil,Fatima,Goro,Hana,Ivan,Jun}'), 'Room ' || bundle % 40, case part when 2 then 'Titan Krios' else '' end,
    case when n % 20 = 0 then 'as always' else '' end, case when n % 500 = 0 then 'the nitrogen was late' else '' end,
    case kind
        when 'acquisition' then jsonb_build_object(
            'mode', jsonb_build_object('typed', 'HRTEM'), 'fluence', jsonb_build_object('typed', n % 90 + 10 || ' e/Å²', 'si', (n % 90 + 10) * 1e20),
            'stage-x', jsonb_build_object('typed', n % 200 || ' µm', 'si', n % 200 * 1e-6), 'stage-y', jsonb_build_object('typed', n / 200 % 200 || ' µm', 'si', n / 200 % 200 * 1e-6),
            'field-width', '{"typed": "0.5 µm", "si": 5e-7}'::jsonb)
        when 'milling' then jsonb_build_object('ion', '{"typed": "Ga"}'::jsonb, 'voltage', '{"typed": "30 kV", "si": 30000}'::jsonb, 'thickness', jsonb_build_object('typed', n % 300 || ' nm', 'si', n % 300 * 1e-9))
        when 'transfer' then '{"transfer-medium": {"typed": "liquid nitrogen"}}'::jsonb
        when 'wash' then '{"interphase": {"typed": "dry, washed"}, "solvent": {"typed": "DMC"}, "volume": {"typed": "50 µL", "si": 5e-8}}'::jsonb
        else '{}'::jsonb end,
    person_id, ended_at, case when n % 10 = 0 then ended_at end, case when n % 10 = 0 then person_id end, case when part = 1 and n % 100 = 99 then pg_temp.day(3000) end
from step_seeds order by started_at;
insert into step_samples (step_id, sample_id, role)
select id, sample_id, case part when 0 then 'Product' else 'Subject' end from step_seeds
union all select id, parent_id, 'Subject' from step_seeds where parent_id is not null
order by 1;
insert into step_datasets (step_id, dataset_id) select id, dataset_id from step_seeds where part = 2 order by 1;

-- Every twentieth data set was analysed once.
insert into jobs (id, project_id, kind, class, title, analysis_key, analysis_version, parameters, fingerprint, status, cancel_requested, stop_requested, fraction, step, problem, summary, attempts, crashes, software_version, submitted_by, created_at, started_at, ended_at)
select pg_temp.seeded('job', n, taken_at), project_id, 'analysis', 'Light', 'Peaks', 'fft-peaks', 1, '{}', sha256(int8send(n)), 'Succeeded', false, false, 1, '', '', '', 1, 0, '1.0.0', person_id, taken_at, taken_at, taken_at
from dataset_seeds where n % 20 = 0 order by n;
insert into job_inputs (job_id, role, dataset_id, signal_index, sha256) select pg_temp.seeded('job', n, taken_at), 'image', id, 0, sha256(int8send(n)) from dataset_seeds where n % 20 = 0 order by n;
insert into results (id, job_id, project_id, title, warnings, seconds, peak_memory_mi_b, created_at)
select pg_temp.seeded('result', n, taken_at), pg_temp.seeded('job', n, taken_at), project_id, 'Peaks of ' || n, '{}', 3, 200, taken_at from dataset_seeds where n % 20 = 0 order by n;

-- In somebody's hands since it was made; of every twentieth nobody knows where it was the hour before.
insert into keepings (id, sample_id, lab_id, kind, person_id, since, recorded_by, note, unrecorded_since)
select pg_temp.seeded('keeping', n, made_at), id, lab_id, 'Person', person_id, made_at + interval '1 hour', person_id, '', case when n % 20 = 0 then made_at end from sample_seeds order by n;

do $$ declare one record; begin for one in select * from later loop execute one.definition; end loop; end $$;
