using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ParquetSharp;
using Threadwell.Care.Registry;
using Threadwell.Storage.Audit;
using Threadwell.Storage.Outcomes;
using Threadwell.Tests.Shared;
using Threadwell.Web.Registry;
using Threadwell.Web.Tests.Access;
using Encoding = System.Text.Encoding;

namespace Threadwell.Web.Tests.Registry;

/// <summary>The registry's page and files over HTTP.</summary>
public sealed class RegistryPageTests : IAsyncLifetime
{
    private InProcessApp app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await InProcessApp.StartAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Without_anybody_who_counts_the_page_says_what_it_takes()
    {
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        Assert.Contains("Nobody counts yet", await doctor.GetStringAsync("/registry", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_and_files_tell_the_same_and_nobody_apart()
    {
        await WriteAsync();
        using HttpClient doctor = await app.SignInAsync("doctor@demo");
        string page = WebUtility.HtmlDecode(await doctor.GetStringAsync("/registry?by=material", Cancelled));
        Assert.Contains("40 treatments of 40 patients", page, StringComparison.Ordinal);
        Assert.Contains("1 with treatments are left out", page, StringComparison.Ordinal);
        string name = "";
        await app.StoreAsync(async context => name = (await context.Users.SingleAsync(user => user.Id == Guid.Parse(TreatmentClinic.Doctor), Cancelled)).FullName);
        Assert.Contains(name, page[page.IndexOf("id=\"by-operator\"", StringComparison.Ordinal)..], StringComparison.Ordinal);

        // The administrator sees the clinic, and no names.
        using HttpClient administrator = await app.SignInAsync("administrator@demo");
        string theirs = WebUtility.HtmlDecode(await administrator.GetStringAsync("/registry", Cancelled));
        Assert.Contains("40 treatments of 40 patients", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain(name, theirs[theirs.IndexOf("<main", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("Doctor 1", theirs, StringComparison.Ordinal);

        // Too few, and what the registry does not know.
        Assert.Contains("fewer than 10 patients", await doctor.GetStringAsync("/registry?material=PCL", Cancelled), StringComparison.Ordinal);
        Assert.Contains("does not know", await doctor.GetStringAsync("/registry?material=Gold", Cancelled), StringComparison.Ordinal);

        // Nothing leaves without a reason and a tick, nor where too few are in it.
        await RefusedAsync(doctor, "reason", new() { ["format"] = "csv", ["confirm"] = "yes" });
        await RefusedAsync(doctor, "reason", new() { ["format"] = "csv", ["reason"] = "a study" });
        await RefusedAsync(doctor, "small", new() { ["format"] = "csv", ["confirm"] = "yes", ["reason"] = "a study", ["material"] = "PCL" });
        await app.StoreAsync(async context => Assert.False(await context.AuditEntries.AnyAsync(entry => entry.Action == "Exported", Cancelled)));

        RegistryContent content = await app.App.Services.GetRequiredService<RegistryRows>().ReadAsync(DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"], Cancelled);
        RegistryFigures figures = RegistryFigures.Of(RegistrySelection.Of(content.Treatments, new RegistryFilter()), new LocalDate(2026, 11, 27), Instant.FromUtc(2026, 11, 27, 5, 0))!;
        byte[] csv = await FileAsync(doctor, "csv");
        byte[] parquet = await FileAsync(doctor, "parquet");
        foreach (Dictionary<string, object?>[] rows in (Dictionary<string, object?>[][])[ReadCsv(csv), ReadParquet(parquet)])
        {
            Assert.Equal(figures.Treatments, rows.Length);
            var curve = KaplanMeier.Of(rows.Where(row => row["half_lift_months"] is not null).Select(row => new TimeToEvent((double)row["half_lift_months"]!, (bool)row["half_lift_event"]!, (double)row["half_lift_from_months"]!)));
            Assert.Equal(figures.HalfLift.All!.Curve.Steps, curve.Steps);
            Assert.Equal(figures.Complications.Kinds[0].Treatments.Events, rows.Count(row => (row["complications"] as string)?.Length > 0));
            Assert.Equal(figures.Complications.Kinds[0].Threads.Of, rows.Sum(row => (int)row["threads"]!));
            Assert.Equal(figures.HalfLift.Lost.Events, rows.Count(row => (bool)row["lost"]!));

            // The two with a rare material stand out, and so would be told from the others: theirs is withheld, with enough beside it.
            Assert.DoesNotContain(rows, row => (string?)row["material"] == "PCL");
            Assert.All(rows.GroupBy(row => string.Join('|', row["age_band"], row["sex"], row["material"], row["area"], row["operator_key"], row["facility_key"])), group => Assert.True(group.Count() >= 10));
        }

        // Keys are drawn anew for each file, and may hold any digits.
        string whole = Regex.Replace(Encoding.UTF8.GetString(csv), "[0-9a-f]{16}", "key", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("2023", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Lê Thị", whole, StringComparison.Ordinal);
        await app.StoreAsync(async context =>
        {
            AuditEntry[] exported = await context.AuditEntries.Where(entry => entry.Action == "Exported").OrderBy(entry => entry.Sequence).ToArrayAsync(Cancelled);
            Assert.Equal(2, exported.Length);
            Assert.Contains("csv, 40 treatments: a study of durability", exported[0].Detail, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_column_is_documented()
    {
        string[] documented = [.. File.ReadAllLines(Path.Combine(Root(), "docs", "formats", "registry.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(RegistryExport.Columns.Select(column => column.Name.StartsWith("answer_", StringComparison.Ordinal) ? "answer_…" : column.Name).Distinct(), documented);
    }

    private Task WriteAsync() => app.StoreAsync(async context =>
    {
        var record = new RegistryRecord(context);
        record.AddFacility();
        for (int index = 0; index < 40; index++)
        {
            Guid patient = record.Patient();
            Guid treatment = record.Treatment(patient, material: index < 20 ? "PDO" : index < 38 ? "PLLA" : "PCL", by: Guid.Parse(TreatmentClinic.Doctor), threads: 2 + (index % 3));
            record.Visit(patient, treatment, 0.5, 8);
            record.Visit(patient, treatment, 3 + (index % 20), index % 3 == 0 ? 3 : 5);
            if (index % 8 == 0)
            {
                record.Complication(patient, treatment, ComplicationKind.Dimple, ComplicationSeverity.Mild);
            }

            if (index % 13 == 0)
            {
                record.Life(patient, LifeEventKind.LostToFollowUp, 30);
            }
        }

        record.Treatment(record.Patient(consents: false));
        await Task.CompletedTask;
    });

    private static async Task RefusedAsync(HttpClient browser, string why, Dictionary<string, string> form)
    {
        using HttpResponseMessage answer = await browser.PostFormAsync("/registry", "/registry/export", form);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains($"refused={why}", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task<byte[]> FileAsync(HttpClient browser, string format)
    {
        using HttpResponseMessage answer = await browser.PostFormAsync("/registry", "/registry/export", new() { ["format"] = format, ["confirm"] = "yes", ["reason"] = "a study of durability" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancelled);
    }

    private static Dictionary<string, object?>[] ReadCsv(byte[] file)
    {
        Assert.NotEqual(0xEF, file[0]);
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        string[] lines = text.Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.DoesNotContain('"', text);
        Assert.Equal(RegistryExport.Columns.Select(column => column.Name), lines[0].Split(','));
        return [.. lines[1..^1].Select(line => RegistryExport.Columns.Zip(line.Split(',')).ToDictionary(cell => cell.First.Name, cell => Typed(cell.First.Type, cell.Second)))];
    }

    private static object? Typed(ExportType type, string text) => text.Length == 0 ? null : type switch
    {
        ExportType.Whole => int.Parse(text, CultureInfo.InvariantCulture),
        ExportType.Number => double.Parse(text, CultureInfo.InvariantCulture),
        ExportType.Flag => text == "true",
        _ => text,
    };

    // By Apache Arrow's own reader, which shares nothing with the library that wrote the file.
    private static Dictionary<string, object?>[] ReadParquet(byte[] file)
    {
        using var bytes = new MemoryStream(file);
        using var reader = new ParquetFileReader(bytes);
        Assert.Equal(RegistryExport.Columns.Select(column => column.Name), Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(index => reader.FileMetaData.Schema.Column(index).Name));
        Assert.Equal(1, reader.FileMetaData.NumRowGroups);
        using RowGroupReader group = reader.RowGroup(0);
        int count = (int)group.MetaData.NumRows;
        Dictionary<string, object?>[] rows = [.. Enumerable.Range(0, count).Select(_ => new Dictionary<string, object?>(StringComparer.Ordinal))];
        for (int index = 0; index < RegistryExport.Columns.Count; index++)
        {
            using ColumnReader column = group.Column(index);
            object?[] values = RegistryExport.Columns[index].Type switch
            {
                ExportType.Whole => Read<int?>(column, count),
                ExportType.Number => Read<double?>(column, count),
                ExportType.Flag => Read<bool?>(column, count),
                _ => Read<string?>(column, count),
            };
            for (int row = 0; row < count; row++)
            {
                rows[row][RegistryExport.Columns[index].Name] = values[row];
            }
        }

        return rows;
    }

    private static object?[] Read<T>(ColumnReader column, int count)
    {
        using LogicalColumnReader<T> values = column.LogicalReader<T>();
        return [.. values.ReadAll(count).Select(value => (object?)value)];
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
