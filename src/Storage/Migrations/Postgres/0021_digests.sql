-- What was asked for by a command, in short: the same id with something else in it is another command. On the first
-- fact of each command; facts of before have none.
ALTER TABLE facts ADD COLUMN digest bigint;
