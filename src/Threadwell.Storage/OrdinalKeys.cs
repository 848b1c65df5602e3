using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Threadwell.Storage;

/// <summary>
/// Columns that are searched by the beginning of a text: compared letter by letter by their code, on every database, so that an index serves a range of texts.
/// SQLite compares so from the start; PostgreSQL is told to.
/// </summary>
internal static class OrdinalKeys
{
    private const string Mark = "Threadwell:Ordinal";
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    public static PropertyBuilder<string> IsOrdinal(this PropertyBuilder<string> property) => property.HasAnnotation(Mark, true);

    public static void Apply(ModelBuilder model, string? provider)
    {
        foreach (IMutableProperty property in model.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.RemoveAnnotation(Mark) is not null && provider == PostgreSql)
            {
                property.SetCollation("C");
            }
        }
    }
}
