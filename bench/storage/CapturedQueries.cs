using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Threadwell.Storage.Bench;

/// <summary>Keeps the queries that a context sends, and asks the database how it would answer each.</summary>
internal sealed class CapturedQueries : DbCommandInterceptor
{
    private readonly List<(string Text, (string Name, object? Value)[] Parameters)> queries = [];

    /// <summary>How many there were.</summary>
    public int Count => queries.Count;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        queries.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))]));
        return ValueTask.FromResult(result);
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => queries.Clear();

    /// <summary>The plan of each, as the database prints it. On PostgreSQL a scan of a whole table counts as the last resort, so that a small table shows whether an index would serve a large one.</summary>
    public async Task<IReadOnlyList<(string Query, string Plan)>> ExplainAsync(ThreadwellContext context)
    {
        var plans = new List<(string, string)>();
        bool isSqlite = context.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);
        await context.Database.OpenConnectionAsync();
        if (!isSqlite)
        {
            await context.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        }

        foreach ((string text, (string Name, object? Value)[] parameters) in queries.ToArray())
        {
            await using DbCommand explain = context.Database.GetDbConnection().CreateCommand();
            explain.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
            foreach ((string name, object? value) in parameters)
            {
                DbParameter parameter = explain.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                explain.Parameters.Add(parameter);
            }

            await using DbDataReader reader = await explain.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(isSqlite ? 3 : 0));
            }

            plans.Add((text, string.Join('\n', lines)));
        }

        return plans;
    }
}
