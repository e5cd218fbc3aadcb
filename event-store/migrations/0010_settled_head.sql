-- The position of the newest event, once no append is under way: every later event is recorded later than this call.
-- The lock is the one that appends take; it ends with the statement.
CREATE FUNCTION event_store.settled_head() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = event_store, pg_temp
AS 'SELECT position FROM log_head FOR SHARE';
REVOKE ALL ON FUNCTION event_store.settled_head FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.settled_head TO waybill_app;
