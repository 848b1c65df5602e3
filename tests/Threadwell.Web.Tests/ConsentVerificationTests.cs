using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SkiaSharp;
using Threadwell.Storage;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sealing;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;
using Threadwell.Web.Consents;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Tests;

/// <summary>A signed consent with its pictures, changed in one place after the other; on a server of its own.</summary>
public sealed class ConsentVerificationTests
{
    private const string Name = "Vũ Thị Ánh Nguyệt";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_changed_pixel_or_letter_is_found()
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        Uri record = await server.OpenRecordAsync(Name, "03/04/1981");
        (string plan, string version) = await server.KeepPlanAsync(await server.AddScanAsync(record));
        string prediction = (await server.SendAsync(HttpMethod.Post, $"/api/plans/{plan}/predictions", new { months = 1 })).Body.GetProperty("job").GetString()!;
        Assert.Equal("done", (await server.FollowAsync(prediction)).GetProperty("state").GetString());
        await ConsultationAsync(server, record, prediction);

        using HttpResponseMessage signed = await server.SignAsync(record, $"about={version}&language=vi", Name, ["yes", "no", "no", "no", "no"]);
        Guid consent = Guid.Parse(signed.RequestMessage!.RequestUri!.Segments[^1]);
        (int refused, JsonElement why) = await server.SendAsync(HttpMethod.Delete, $"/api/predictions/{prediction}");
        Assert.Equal(422, refused);
        Assert.Contains("its predictions stay", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.EndAsync());

        (int code, string output) = await VerifyAsync(server);
        Assert.Equal(0, code);
        Assert.Contains($"{consent}: as it was signed.\n", output, StringComparison.Ordinal);
        Assert.EndsWith(" consents, 0 not as they were signed.\n", output, StringComparison.Ordinal);
        var changes = new Changes(server.DataFolder, consent);
        JsonElement document = await changes.DocumentAsync();
        Assert.Equal(3, document.GetProperty("pictures").GetArrayLength());
        foreach (JsonElement picture in document.GetProperty("pictures").EnumerateArray())
        {
            string sha256 = picture.GetProperty("sha256").GetString()!;
            byte[] kept = changes.Replace(sha256, WithOnePixelChanged);
            await AssertBrokenAsync(server, consent, "picture");
            changes.Replace(sha256, _ => kept);
        }

        // A file that is changed without its key does not even open.
        string sealedFile = changes.PathOf(document.GetProperty("pictures")[0].GetProperty("sha256").GetString()!);
        byte[] whole = await File.ReadAllBytesAsync(sealedFile, Cancelled);
        byte[] flipped = [.. whole];
        flipped[^1] ^= 1;
        await File.WriteAllBytesAsync(sealedFile, flipped, Cancelled);
        await AssertBrokenAsync(server, consent, "picture 1 cannot be read");
        await File.WriteAllBytesAsync(sealedFile, whole, Cancelled);

        foreach (string column in (string[])["signature", "pdf"])
        {
            string sha256 = await changes.HashAsync(column);
            byte[] kept = changes.Replace(sha256, bytes => [.. bytes, 0]);
            await AssertBrokenAsync(server, consent, column == "pdf" ? "the PDF" : "the signature");
            changes.Replace(sha256, _ => kept);
        }

        await changes.WithAsync(
            context => context.Entry(context.Consents.Single(row => row.Id == consent)).Property(row => row.DocumentJson),
            json => OneLetter(json, 'ộ', 'ọ'),
            () => AssertBrokenAsync(server, consent, "its text is not the one that was signed"));
        await changes.WithAsync(
            context => context.Entry(context.PlanVersions.Single(row => row.Id == Guid.Parse(version))).Property(row => row.PlanJson),
            json => OneLetter(json, '3', '4'),
            async () =>
            {
                await AssertBrokenAsync(server, consent, "its plan is not the one that was signed");
                (code, output) = await VerifyAsync(server, consent.ToString());
                Assert.Equal(1, code);
                Assert.Contains($"{consent}: its plan is not the one that was signed", output, StringComparison.Ordinal);
            });
        Assert.Equal(0, (await VerifyAsync(server)).Code);
        Assert.NotEqual(0, (await VerifyAsync(server, Guid.NewGuid().ToString())).Code);
    }

    // A patient's view: true to scale, from month 6 on, with both sides of the evidence; nothing of it where the clinic shows no predictions.
    private static async Task ConsultationAsync(ServerProcess server, Uri record, string prediction)
    {
        string page = await server.Http.GetStringAsync($"/predictions/{prediction}/consultation", Cancelled);
        Assert.Contains("id=\"face\"", page, StringComparison.Ordinal);
        Assert.Contains("\"openingMonth\":6", page, StringComparison.Ordinal);
        Assert.Contains("A computer estimate, not a photo of your future", page, StringComparison.Ordinal);
        string[] parts = ["document", "fields", "plan", "surface", "pictures/0", "pictures/1", "pictures/2"];
        foreach (string part in parts)
        {
            using HttpResponseMessage answer = await server.Http.GetAsync(new Uri($"/api/predictions/{prediction}/consultation/{part}", UriKind.Relative), Cancelled);
            Assert.True(answer.IsSuccessStatusCode, part);
        }

        Assert.Contains($"/api/predictions/{prediction}/consultation/pictures/1", await server.Http.GetStringAsync(record.AbsolutePath + "/consultation", Cancelled), StringComparison.Ordinal);
        await RecordOnlyAsync(server, true);
        Assert.DoesNotContain("id=\"face\"", await server.Http.GetStringAsync($"/predictions/{prediction}/consultation", Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain("pictures/1", await server.Http.GetStringAsync(record.AbsolutePath + "/consultation", Cancelled), StringComparison.Ordinal);
        foreach (string part in parts)
        {
            using HttpResponseMessage answer = await server.Http.GetAsync(new Uri($"/api/predictions/{prediction}/consultation/{part}", UriKind.Relative), Cancelled);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }

        await RecordOnlyAsync(server, false);
    }

    private static async Task RecordOnlyAsync(ServerProcess server, bool recordOnly)
    {
        await using ThreadwellContext context = Open(server.DataFolder);
        ClinicSettings? settings = await context.ClinicSettings.SingleOrDefaultAsync(Cancelled);
        if (settings is null)
        {
            settings = new ClinicSettings();
            context.ClinicSettings.Add(settings);
        }

        settings.RecordOnly = recordOnly;
        await context.SaveChangesAsync(Cancelled);
    }

    private static ThreadwellContext Open(string folder)
    {
        var data = new DataFolder(folder);
        return new SqliteDatabase(data.Database).Open(RecordKeys.Open(data.Keys));
    }

    private static async Task AssertBrokenAsync(ServerProcess server, Guid consent, string problem)
    {
        ConsentReport report = Assert.Single(await ConsentVerification.RunAsync(new ServeOptions { DataFolder = server.DataFolder }, consent, Cancelled));
        Assert.Equal(consent, report.Id);
        Assert.StartsWith(problem, report.Problem, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> VerifyAsync(ServerProcess server, params string[] id)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "threadwell.dll"), "consent", "verify", .. id, "--data", server.DataFolder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return (process.ExitCode, output);
    }

    private static string OneLetter(string text, char from, char to) => text.IndexOf(from, StringComparison.Ordinal) is var at and >= 0 ? $"{text[..at]}{to}{text[(at + 1)..]}" : text;

    private static byte[] WithOnePixelChanged(byte[] png)
    {
        using SKBitmap bitmap = SKBitmap.Decode(png);
        SKColor pixel = bitmap.GetPixel(7, 11);
        bitmap.SetPixel(7, 11, pixel.WithBlue((byte)(pixel.Blue ^ 1)));
        using SKData changed = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return changed.ToArray();
    }

    /// <summary>Changes what is stored as somebody would who holds the keys too.</summary>
    private sealed class Changes(string folder, Guid consent)
    {
        private readonly RecordCipher cipher = RecordKeys.Open(new DataFolder(folder).Keys);

        public async Task<JsonElement> DocumentAsync()
        {
            await using ThreadwellContext context = Open(folder);
            return JsonSerializer.Deserialize<JsonElement>((await context.Consents.SingleAsync(row => row.Id == consent, Cancelled)).DocumentJson);
        }

        public async Task<string> HashAsync(string column)
        {
            await using ThreadwellContext context = Open(folder);
            StoredConsent row = await context.Consents.SingleAsync(candidate => candidate.Id == consent, Cancelled);
            return column == "pdf" ? row.PdfSha256 : row.SignatureSha256;
        }

        public string PathOf(string sha256) => new FileStore(new DataFolder(folder).Files, cipher).PathOf(sha256);

        /// <summary>Puts another content under a file's name, properly sealed.</summary>
        /// <returns>What was there.</returns>
        public byte[] Replace(string sha256, Func<byte[], byte[]> change)
        {
            var files = new FileStore(new DataFolder(folder).Files, cipher);
            byte[] kept = files.Read(sha256);
            byte[] header = File.ReadAllBytes(files.PathOf(sha256))[.."twsealed".Length];
            File.WriteAllBytes(files.PathOf(sha256), [.. header, .. cipher.Seal(change(kept), sha256)]);
            return kept;
        }

        /// <summary>Changes a column, looks, and puts it back.</summary>
        public async Task WithAsync<TRow>(Func<ThreadwellContext, PropertyEntry<TRow, string>> find, Func<string, string> change, Func<Task> look)
            where TRow : class
        {
            string kept = await SetAsync(find, change);
            Assert.NotEqual(kept, change(kept));
            await look();
            await SetAsync(find, _ => kept);
        }

        private async Task<string> SetAsync<TRow>(Func<ThreadwellContext, PropertyEntry<TRow, string>> find, Func<string, string> change)
            where TRow : class
        {
            await using ThreadwellContext context = Open(folder);
            var property = find(context);
            string kept = property.CurrentValue;
            property.CurrentValue = change(kept);
            property.IsModified = true;
            await context.SaveChangesAsync(Cancelled);
            return kept;
        }
    }
}
