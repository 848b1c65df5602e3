using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Threadwell.Storage.Bench;

/// <summary>Writes many entities at once, each as the model keeps it: by COPY on PostgreSQL, by a prepared statement in one transaction on SQLite.</summary>
/// <param name="context">The database.</param>
internal sealed class BulkRows(ThreadwellContext context)
{
    /// <summary>Writes entities of one kind, without what they refer to.</summary>
    public async Task WriteAsync<T>(IEnumerable<T> rows)
        where T : class
    {
        IEntityType entity = context.Model.FindEntityType(typeof(T))!;
        IProperty[] properties = [.. entity.GetProperties()];
        string names = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""));
        await context.Database.OpenConnectionAsync();
        DbConnection connection = context.Database.GetDbConnection();
        if (connection is NpgsqlConnection server)
        {
            await using NpgsqlBinaryImporter import = await server.BeginBinaryImportAsync($"COPY \"{entity.GetTableName()}\" ({names}) FROM STDIN (FORMAT BINARY)");
            foreach (T row in rows)
            {
                await import.StartRowAsync();
                foreach (IProperty property in properties)
                {
                    await import.WriteAsync(Stored(property, row));
                }
            }

            await import.CompleteAsync();
            return;
        }

        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO \"{entity.GetTableName()}\" ({names}) VALUES ({string.Join(", ", properties.Select((_, index) => $"@p{index}"))})";
        DbParameter[] parameters = [.. properties.Select((_, index) =>
        {
            DbParameter parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            insert.Parameters.Add(parameter);
            return parameter;
        })];
        foreach (T row in rows)
        {
            for (int index = 0; index < properties.Length; index++)
            {
                parameters[index].Value = Stored(properties[index], row);
            }

            await insert.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static object Stored(IProperty property, object row)
    {
        object? value = property.GetGetter().GetClrValue(row);
        return (property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
    }
}
