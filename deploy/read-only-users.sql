-- A user for programs that only read (Metabase, Superset). Run the part of each owner on that owner's own server, as its root, with a
-- password of its own: what a reader may see is decided by whoever owns the data. The views are described in docs/sql-views.md.

-- Culture's server: libraries, museums, cultural centres.
CREATE USER IF NOT EXISTS 'culture_reader'@'%' IDENTIFIED BY 'CHANGE-ME';
GRANT SELECT ON libraries.library_as_of_today TO 'culture_reader'@'%';
GRANT SELECT ON libraries.library_annual_report TO 'culture_reader'@'%';
GRANT SELECT ON libraries.library_figure_part TO 'culture_reader'@'%';
GRANT SELECT ON museums.museum_as_of_today TO 'culture_reader'@'%';
GRANT SELECT ON museums.museum_annual_report TO 'culture_reader'@'%';
GRANT SELECT ON museums.museum_figure_part TO 'culture_reader'@'%';
GRANT SELECT ON cultural_centres.cultural_centre_as_of_today TO 'culture_reader'@'%';
GRANT SELECT ON cultural_centres.cultural_centre_annual_report TO 'culture_reader'@'%';
GRANT SELECT ON cultural_centres.cultural_centre_figure_part TO 'culture_reader'@'%';

-- Education's server.
CREATE USER IF NOT EXISTS 'education_reader'@'%' IDENTIFIED BY 'CHANGE-ME';
GRANT SELECT ON libraries.library_as_of_today TO 'education_reader'@'%';
GRANT SELECT ON libraries.library_annual_report TO 'education_reader'@'%';
GRANT SELECT ON libraries.library_figure_part TO 'education_reader'@'%';

-- Labour's server.
CREATE USER IF NOT EXISTS 'labour_reader'@'%' IDENTIFIED BY 'CHANGE-ME';
GRANT SELECT ON libraries.library_as_of_today TO 'labour_reader'@'%';
GRANT SELECT ON libraries.library_annual_report TO 'labour_reader'@'%';
GRANT SELECT ON libraries.library_figure_part TO 'labour_reader'@'%';

-- The armed forces' server, for its own people alone: here nothing is withheld, and nobody else gets a user.
CREATE USER IF NOT EXISTS 'armed_forces_reader'@'localhost' IDENTIFIED BY 'CHANGE-ME';
GRANT SELECT ON libraries.library_as_of_today TO 'armed_forces_reader'@'localhost';
GRANT SELECT ON libraries.library_annual_report TO 'armed_forces_reader'@'localhost';
GRANT SELECT ON libraries.library_figure_part TO 'armed_forces_reader'@'localhost';

-- The province's server: units, agencies, the plan.
CREATE USER IF NOT EXISTS 'province_reader'@'%' IDENTIFIED BY 'CHANGE-ME';
GRANT SELECT ON agency_tasks.administrative_unit_as_of_today TO 'province_reader'@'%';
GRANT SELECT ON agency_tasks.agency_as_of_today TO 'province_reader'@'%';
GRANT SELECT ON agency_tasks.indicator_milestone TO 'province_reader'@'%';
GRANT SELECT ON agency_tasks.duty_of_agency TO 'province_reader'@'%';
GRANT SELECT ON agency_tasks.duty_progress_latest TO 'province_reader'@'%';
