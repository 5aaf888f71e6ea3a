-- Gives each role that logs in its password, from the environment of the container, when the database is made.
\getenv migrator MIGRATOR_PASSWORD
\getenv web WEB_PASSWORD
\getenv survey SURVEY_PASSWORD
\getenv worker WORKER_PASSWORD
\getenv region REGION_PASSWORD
\getenv backup BACKUP_PASSWORD
ALTER ROLE vaxtkraft_migrator PASSWORD :'migrator';
ALTER ROLE vaxtkraft_web PASSWORD :'web';
ALTER ROLE vaxtkraft_survey PASSWORD :'survey';
ALTER ROLE vaxtkraft_worker PASSWORD :'worker';
ALTER ROLE vaxtkraft_region PASSWORD :'region';
ALTER ROLE vaxtkraft_backup PASSWORD :'backup';
