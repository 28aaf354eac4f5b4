-- Makes rivers.duckdb, the sample database of the quickstart, in an empty file that was attached with
-- (block_size 16384), to keep it small.
--
-- The figures are common knowledge, rounded: sources differ by some per cent, since it is a matter of
-- convention where a river is said to begin and where its discharge is measured.

create table river (
    id           integer primary key,
    name         varchar not null,
    continent    varchar not null,
    length_km    integer not null,
    discharge_m3 integer not null,
    flows_into   varchar not null
);

comment on table river is 'Forty great rivers of the world';
comment on column river.length_km is 'With its longest headstream';
comment on column river.discharge_m3 is 'Mean discharge near the mouth, m3 per second';

insert into river values
    ( 1, 'Nile',            'Africa',        6650,   2800, 'Mediterranean Sea'),
    ( 2, 'Amazon',          'South America', 6400, 209000, 'Atlantic Ocean'),
    ( 3, 'Yangtze',         'Asia',          6300,  30200, 'East China Sea'),
    ( 4, 'Mississippi',     'North America', 6275,  16800, 'Gulf of Mexico'),
    ( 5, 'Yenisei',         'Asia',          5539,  19600, 'Kara Sea'),
    ( 6, 'Yellow River',    'Asia',          5464,   2600, 'Bohai Sea'),
    ( 7, 'Ob',              'Asia',          5410,  12500, 'Kara Sea'),
    ( 8, 'Parana',          'South America', 4880,  17300, 'Atlantic Ocean'),
    ( 9, 'Congo',           'Africa',        4700,  41000, 'Atlantic Ocean'),
    (10, 'Amur',            'Asia',          4444,  11400, 'Sea of Okhotsk'),
    (11, 'Lena',            'Asia',          4400,  16900, 'Laptev Sea'),
    (12, 'Mekong',          'Asia',          4350,  16000, 'South China Sea'),
    (13, 'Mackenzie',       'North America', 4241,  10300, 'Beaufort Sea'),
    (14, 'Niger',           'Africa',        4200,   5600, 'Gulf of Guinea'),
    (15, 'Brahmaputra',     'Asia',          3848,  19800, 'Bay of Bengal'),
    (16, 'Murray',          'Australia',     3672,    770, 'Southern Ocean'),
    (17, 'Tocantins',       'South America', 3650,  13600, 'Atlantic Ocean'),
    (18, 'Volga',           'Europe',        3531,   8100, 'Caspian Sea'),
    (19, 'Madeira',         'South America', 3380,  31200, 'Amazon'),
    (20, 'Purus',           'South America', 3211,   8400, 'Amazon'),
    (21, 'Yukon',           'North America', 3185,   6400, 'Bering Sea'),
    (22, 'Indus',           'Asia',          3180,   6600, 'Arabian Sea'),
    (23, 'Saint Lawrence',  'North America', 3058,  10100, 'Gulf of Saint Lawrence'),
    (24, 'Rio Grande',      'North America', 3057,     80, 'Gulf of Mexico'),
    (25, 'Syr Darya',       'Asia',          3019,    700, 'Aral Sea'),
    (26, 'Lower Tunguska',  'Asia',          2989,   3600, 'Yenisei'),
    (27, 'Danube',          'Europe',        2850,   6500, 'Black Sea'),
    (28, 'Sao Francisco',   'South America', 2830,   2900, 'Atlantic Ocean'),
    (29, 'Salween',         'Asia',          2815,   3200, 'Andaman Sea'),
    (30, 'Euphrates',       'Asia',          2800,    860, 'Persian Gulf'),
    (31, 'Vilyuy',          'Asia',          2650,   1500, 'Lena'),
    (32, 'Zambezi',         'Africa',        2574,   3400, 'Indian Ocean'),
    (33, 'Amu Darya',       'Asia',          2540,   1400, 'Aral Sea'),
    (34, 'Ganges',          'Asia',          2525,  12000, 'Bay of Bengal'),
    (35, 'Ural',            'Europe',        2428,    400, 'Caspian Sea'),
    (36, 'Colorado',        'North America', 2330,    620, 'Gulf of California'),
    (37, 'Dnieper',         'Europe',        2201,   1670, 'Black Sea'),
    (38, 'Orinoco',         'South America', 2140,  36000, 'Atlantic Ocean'),
    (39, 'Columbia',        'North America', 2000,   7500, 'Pacific Ocean'),
    (40, 'Rhine',           'Europe',        1230,   2900, 'North Sea');

create table course (
    river_id integer not null references river (id),
    country  varchar not null,
    primary key (river_id, country)
);

comment on table course is 'The countries that each river passes or borders';
comment on column course.country is 'ISO 3166-1 alpha-2';

insert into course values
    (1, 'BI'), (1, 'EG'), (1, 'RW'), (1, 'SD'), (1, 'SS'), (1, 'TZ'), (1, 'UG'),
    (2, 'BR'), (2, 'CO'), (2, 'PE'),
    (3, 'CN'), (4, 'US'), (5, 'MN'), (5, 'RU'), (6, 'CN'),
    (7, 'CN'), (7, 'KZ'), (7, 'RU'),
    (8, 'AR'), (8, 'BR'), (8, 'PY'),
    (9, 'AO'), (9, 'CD'), (9, 'CG'), (9, 'ZM'),
    (10, 'CN'), (10, 'MN'), (10, 'RU'), (11, 'RU'),
    (12, 'CN'), (12, 'KH'), (12, 'LA'), (12, 'MM'), (12, 'TH'), (12, 'VN'),
    (13, 'CA'), (14, 'BJ'), (14, 'GN'), (14, 'ML'), (14, 'NE'), (14, 'NG'),
    (15, 'BD'), (15, 'CN'), (15, 'IN'), (16, 'AU'), (17, 'BR'), (18, 'RU'),
    (19, 'BO'), (19, 'BR'), (20, 'BR'), (20, 'PE'), (21, 'CA'), (21, 'US'),
    (22, 'CN'), (22, 'IN'), (22, 'PK'), (23, 'CA'), (23, 'US'), (24, 'MX'), (24, 'US'),
    (25, 'KG'), (25, 'KZ'), (25, 'TJ'), (25, 'UZ'), (26, 'RU'),
    (27, 'AT'), (27, 'BG'), (27, 'DE'), (27, 'HR'), (27, 'HU'),
    (27, 'MD'), (27, 'RO'), (27, 'RS'), (27, 'SK'), (27, 'UA'),
    (28, 'BR'), (29, 'CN'), (29, 'MM'), (29, 'TH'),
    (30, 'IQ'), (30, 'SY'), (30, 'TR'), (31, 'RU'),
    (32, 'AO'), (32, 'BW'), (32, 'MZ'), (32, 'NA'), (32, 'ZM'), (32, 'ZW'),
    (33, 'AF'), (33, 'TJ'), (33, 'TM'), (33, 'UZ'), (34, 'BD'), (34, 'IN'),
    (35, 'KZ'), (35, 'RU'), (36, 'MX'), (36, 'US'), (37, 'BY'), (37, 'RU'), (37, 'UA'),
    (38, 'CO'), (38, 'VE'), (39, 'CA'), (39, 'US'),
    (40, 'AT'), (40, 'CH'), (40, 'DE'), (40, 'FR'), (40, 'LI'), (40, 'NL');

create view continent as
    select continent as name, count(*) as rivers, sum(length_km) as total_km, max(discharge_m3) as largest_m3
    from river
    group by continent;

comment on view continent is 'The rivers of each continent, added up';
