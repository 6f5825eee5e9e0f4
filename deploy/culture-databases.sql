-- The culture sector's server holds three databases; its user, made by the image before this runs, owns them all.
CREATE DATABASE IF NOT EXISTS libraries CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE DATABASE IF NOT EXISTS museums CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE DATABASE IF NOT EXISTS cultural_centres CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
GRANT ALL PRIVILEGES ON libraries.* TO 'culture'@'%';
GRANT ALL PRIVILEGES ON museums.* TO 'culture'@'%';
GRANT ALL PRIVILEGES ON cultural_centres.* TO 'culture'@'%';
