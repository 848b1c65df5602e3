using System.Text;
using Npgsql;
using Threadwell.Geometry;

namespace Threadwell.Storage.PostgreSql;

/// <summary>
/// Copies all tables to files and back by COPY, in one transaction each: a copy shows one moment, and a load happens wholly or not at all. No program of PostgreSQL is needed, and none
/// has to match the server's version.
/// </summary>
internal static class PostgreSqlSnapshot
{
    private const string History = "__EFMigrationsHistory";
    private const string Ending = ".copy";
    private const int BufferLength = 1 << 16;

    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Tables of the record, without the history of migrations.</summary>
    public static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await ReadAsync(connection, $"SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '{History}' ORDER BY tablename COLLATE \"C\"", cancellation);

    /// <summary>Writes all tables, each to a file.</summary>
    /// <returns>The last migration; null where there is none.</returns>
    public static async Task<string?> WriteAsync(NpgsqlConnection connection, string folder, CancellationToken cancellation)
    {
        await using NpgsqlTransaction moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        await ExecuteAsync(connection, "SET TRANSACTION READ ONLY", cancellation);
        if ((await ReadAsync(connection, $"SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{History}'", cancellation)).Count == 0)
        {
            return null;
        }

        foreach (string table in await TablesAsync(connection, cancellation))
        {
            using TextReader source = await connection.BeginTextExportAsync($"COPY {Quoted(table)} TO STDOUT (HEADER)", cancellation);
            await using var target = new StreamWriter(Path.Combine(folder, table + Ending), append: false, Text, BufferLength);
            await CopyAsync(source, target, cancellation);
        }

        return (await ReadAsync(connection, $"SELECT \"MigrationId\" FROM \"{History}\" ORDER BY \"MigrationId\" DESC LIMIT 1", cancellation)).SingleOrDefault();
    }

    /// <summary>Replaces everything by the tables of a copy.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="folder">The copy.</param>
    /// <param name="schema">The statements that make the tables, empty.</param>
    /// <param name="id">Name of the load, kept as a comment on the history of migrations.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task LoadAsync(NpgsqlConnection connection, string folder, string schema, string id, CancellationToken cancellation)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellation);
        foreach (string table in (await TablesAsync(connection, cancellation)).Append(History))
        {
            await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {Quoted(table)} CASCADE", cancellation);
        }

        await ExecuteAsync(connection, schema, cancellation);

        // Rows arrive table by table; what refers to what is checked once all are there.
        List<(string Table, string Name, string Definition)> links = await LinksAsync(connection, cancellation);
        foreach ((string table, string name, _) in links)
        {
            await ExecuteAsync(connection, $"ALTER TABLE {table} DROP CONSTRAINT {Quoted(name)}", cancellation);
        }

        foreach (string table in await TablesAsync(connection, cancellation))
        {
            await LoadTableAsync(connection, table, Path.Combine(folder, table + Ending), cancellation);
        }

        foreach ((string table, string name, string definition) in links)
        {
            await ExecuteAsync(connection, $"ALTER TABLE {table} ADD CONSTRAINT {Quoted(name)} {definition}", cancellation);
        }

        await ExecuteAsync(connection, $"COMMENT ON TABLE \"{History}\" IS 'restored {id}'", cancellation);
        await transaction.CommitAsync(cancellation);
        await ExecuteAsync(connection, "ANALYZE", cancellation);
    }

    /// <summary>Whether a load of that name was committed.</summary>
    public static async Task<bool> HasLoadedAsync(NpgsqlConnection connection, string id, CancellationToken cancellation) =>
        (await ReadAsync(
            connection, $"SELECT coalesce(obj_description(c.oid), '') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relname = '{History}' AND c.relkind = 'r'", cancellation))
        .Contains($"restored {id}", StringComparer.Ordinal);

    /// <summary>Rows that refer to rows which are not there, and rules that were never checked.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        List<string> faults = await ReadAsync(
            connection, "SELECT conrelid::regclass || ': the rule ' || conname || ' was never checked' FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND NOT convalidated", cancellation);
        faults.AddRange(await ReadAsync(
            connection, "SELECT indrelid::regclass || ': the index ' || indexrelid::regclass || ' is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = current_schema()::regnamespace AND NOT indisvalid", cancellation));
        const string Links = """
            SELECT format('SELECT %L || count(*) FROM %s child LEFT JOIN %s parent ON %s WHERE %s AND parent.%I IS NULL HAVING count(*) > 0',
                conrelid::regclass || ': rows that refer to no row of ' || confrelid::regclass || ': ', conrelid::regclass, confrelid::regclass,
                string_agg(format('child.%I = parent.%I', a.attname, b.attname), ' AND '), string_agg(format('child.%I IS NOT NULL', a.attname), ' AND '), min(b.attname))
            FROM pg_constraint c
            CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(child, parent)
            JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.child
            JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.parent
            WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
            GROUP BY c.oid, c.conrelid, c.confrelid
            """;
        foreach (string query in await ReadAsync(connection, Links, cancellation))
        {
            faults.AddRange(await ReadAsync(connection, query, cancellation));
        }

        return faults;
    }

    private static async Task LoadTableAsync(NpgsqlConnection connection, string table, string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new InvalidInputException("restore", table, "the backup lacks this table.");
        }

        using (var source = new StreamReader(file, Text, detectEncodingFromByteOrderMarks: false, BufferLength))
        await using (NpgsqlCopyTextWriter target = (NpgsqlCopyTextWriter)await connection.BeginTextImportAsync($"COPY {Quoted(table)} FROM STDIN (HEADER MATCH)", cancellation))
        {
            await CopyAsync(source, target, cancellation);
        }

        // Counters go on behind the rows.
        foreach (string column in await ReadAsync(
            connection, $"SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' AND is_identity = 'YES'", cancellation))
        {
            await ExecuteAsync(connection, $"SELECT setval(pg_get_serial_sequence('{Quoted(table)}', '{column}'), coalesce(max({Quoted(column)}), 0) + 1, false) FROM {Quoted(table)}", cancellation);
        }
    }

    private static async Task<List<(string Table, string Name, string Definition)>> LinksAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var links = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            links.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return links;
    }

    private static async Task CopyAsync(TextReader source, TextWriter target, CancellationToken cancellation)
    {
        char[] buffer = new char[BufferLength];
        int taken;
        while ((taken = await source.ReadBlockAsync(buffer, cancellation)) > 0)
        {
            await target.WriteAsync(buffer.AsMemory(0, taken), cancellation);
        }
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlConnection connection, string query, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(query, connection) { CommandTimeout = 0 };
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
