using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Keeping;

/// <summary>Reads every text of every row as it lies in the database, whatever the entity: for a check that misses no table.</summary>
internal static class RecordRows
{
    /// <summary>A column of texts.</summary>
    /// <param name="Place">Table and column.</param>
    /// <param name="IsSealed">Whether its texts are sealed.</param>
    /// <param name="NamesFile">Whether its texts name files of the store.</param>
    internal sealed record TextColumn(SealedColumn Place, bool IsSealed, bool NamesFile);

    /// <summary>All columns of texts.</summary>
    public static ILookup<string, TextColumn> Columns(IModel model) => model.GetEntityTypes()
        .Where(entity => entity.GetTableName() is not null && !entity.IsMappedToJson())
        .SelectMany(entity => entity.GetProperties())
        .Where(property => (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) == typeof(string))
        .Select(property => new TextColumn(
            new SealedColumn(property.DeclaringType.GetTableName()!, property.GetColumnName()),
            property.PropertyInfo?.IsDefined(typeof(SealedAttribute)) == true,
            property.PropertyInfo?.IsDefined(typeof(StoredFileAttribute)) == true))
        .Distinct()
        .OrderBy(column => column.Place.Place, StringComparer.Ordinal)
        .ToLookup(column => column.Place.Table, StringComparer.Ordinal);

    /// <summary>Reads a table.</summary>
    /// <param name="context">The database.</param>
    /// <param name="columns">The columns to read, of one table.</param>
    /// <param name="take">Receives each text that is there.</param>
    /// <param name="limit">Most rows to read; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task ReadAsync(ThreadwellContext context, IReadOnlyList<TextColumn> columns, Action<TextColumn, string> take, int? limit, CancellationToken cancellation)
    {
        await context.Database.OpenConnectionAsync(cancellation);
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        string names = string.Join(", ", columns.Select(column => $"\"{column.Place.Column}\""));
        command.CommandText = FormattableString.Invariant($"SELECT {names} FROM \"{columns[0].Place.Table}\"{(limit is { } most ? $" LIMIT {most}" : "")}");
        command.CommandTimeout = 0;
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            for (int index = 0; index < columns.Count; index++)
            {
                if (!await reader.IsDBNullAsync(index, cancellation))
                {
                    take(columns[index], reader.GetString(index));
                }
            }
        }
    }
}
