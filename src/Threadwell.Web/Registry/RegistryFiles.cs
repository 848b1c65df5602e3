using System.Globalization;
using CsvHelper;
using Parquet;
using Parquet.Schema;

namespace Threadwell.Web.Registry;

/// <summary>Writes an export as a file (docs/formats/registry.md).</summary>
internal static class RegistryFiles
{
    /// <summary>Comma-separated values (RFC 4180), UTF-8.</summary>
    /// <param name="export">The rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<byte[]> CsvAsync(RegistryExport export, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(export);
        using var bytes = new MemoryStream();
        await using (CsvWriter file = CsvWriter.Create(bytes, CsvWriterOptions.Default, leaveOpen: true))
        {
            await file.WriteRecordAsync([.. RegistryExport.Columns.Select(column => column.Name)], cancellation);
            foreach (object?[] row in export.Rows)
            {
                await file.WriteRecordAsync([.. row.Select(Written)], cancellation);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Apache Parquet, one row group.</summary>
    /// <param name="export">The rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<byte[]> ParquetAsync(RegistryExport export, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(export);
        var schema = new ParquetSchema([.. RegistryExport.Columns.Select(column => (Field)new DataField(column.Name, TypeOf(column.Type), isNullable: true))]);
        using var bytes = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, bytes, cancellationToken: cancellation))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int index = 0; index < schema.DataFields.Length; index++)
            {
                DataField field = schema.DataFields[index];
                object?[] values = [.. export.Rows.Select(row => row[index])];
                await (RegistryExport.Columns[index].Type switch
                {
                    ExportType.Text => group.WriteAsync(field, [.. values.Cast<string?>()]),
                    ExportType.Whole => group.WriteAsync<int>(field, values.Select(value => (int?)value).ToArray(), cancellationToken: cancellation),
                    ExportType.Number => group.WriteAsync<double>(field, values.Select(value => (double?)value).ToArray(), cancellationToken: cancellation),
                    _ => group.WriteAsync<bool>(field, values.Select(value => (bool?)value).ToArray(), cancellationToken: cancellation),
                });
            }

            group.CompleteValidate();
        }

        return bytes.ToArray();
    }

    private static string Written(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Type TypeOf(ExportType type) => type switch
    {
        ExportType.Whole => typeof(int),
        ExportType.Number => typeof(double),
        ExportType.Flag => typeof(bool),
        _ => typeof(string),
    };
}
