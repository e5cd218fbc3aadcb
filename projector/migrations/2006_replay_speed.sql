-- Replays fill their tables before they build the indexes that only reads need.

-- Like copy_tables, but of the indexes only those of constraints: create_indexes makes the others later.
CREATE FUNCTION read_model.copy_tables_without_indexes(to_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    index_name text;
BEGIN
    PERFORM read_model.copy_tables(to_schema, table_names);
    FOR index_name IN
        SELECT c.relname
        FROM pg_index AS i
        JOIN pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = to_schema
          AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u'))
    LOOP
        EXECUTE format('DROP INDEX %I.%I', to_schema, index_name);
    END LOOP;
END $$;

-- Makes the indexes that copies in `in_schema` lack, under the names of their originals.
CREATE FUNCTION read_model.create_indexes(in_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    table_name text;
    source     regclass;
    addition   text;
BEGIN
    PERFORM read_model.check_copy_name(in_schema);
    FOREACH table_name IN ARRAY table_names LOOP
        source := format('read_model.%I', table_name)::regclass;
        FOR addition IN
            SELECT replace(pg_get_indexdef(i.indexrelid), format(' ON %s ', source),
                           format(' ON %I.%I ', in_schema, table_name))
            FROM pg_index AS i
            JOIN pg_class AS c ON c.oid = i.indexrelid
            WHERE i.indrelid = source
              AND NOT EXISTS (SELECT FROM pg_class AS made JOIN pg_namespace AS n ON n.oid = made.relnamespace
                              WHERE n.nspname = in_schema AND made.relname = c.relname)
            ORDER BY i.indexrelid
        LOOP
            EXECUTE addition;
        END LOOP;
    END LOOP;
END $$;

-- As before, and no table is exchanged without its indexes, whichever release filled it.
CREATE OR REPLACE FUNCTION read_model.exchange_tables(with_schema text, table_names text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    between    text := with_schema || '_x';
    table_name text;
BEGIN
    PERFORM read_model.check_copy_name(between);
    PERFORM read_model.create_indexes(with_schema, table_names);
    EXECUTE format('CREATE SCHEMA %I', between);
    FOREACH table_name IN ARRAY table_names LOOP
        EXECUTE format('ALTER TABLE read_model.%I SET SCHEMA %I', table_name, between);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA read_model', with_schema, table_name);
        EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', between, table_name, with_schema);
    END LOOP;
    EXECUTE format('DROP SCHEMA %I', between);
END $$;

REVOKE EXECUTE ON FUNCTION read_model.copy_tables_without_indexes, read_model.create_indexes FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_model.copy_tables_without_indexes, read_model.create_indexes TO waybill_app;
