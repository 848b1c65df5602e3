using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SkiaSharp;
using Threadwell.Tests.Shared;

namespace Threadwell.Durability.Tests;

/// <summary>Several people who write at once, each as fast as the server answers, until it is gone.</summary>
internal sealed class WriteLoad : IDisposable
{
    private readonly AcknowledgedWrites written;
    private readonly HttpClient http;
    private readonly string round;
    private readonly string token;

    private WriteLoad(HttpClient http, string round, string token, AcknowledgedWrites written)
    {
        this.http = http;
        this.round = round;
        this.token = token;
        this.written = written;
    }

    /// <summary>Signs in as the doctor.</summary>
    public static async Task<WriteLoad> PrepareAsync(ServerProcess server, int round, AcknowledgedWrites written)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = await server.CookiesAsync("doctor"), AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        client.DefaultRequestHeaders.Add("X-Threadwell", "1");
        return new WriteLoad(client, string.Create(CultureInfo.InvariantCulture, $"r{round}"), await server.Http.TokenAsync("/patients/new"), written);
    }

    /// <summary>Writes until the server is gone.</summary>
    /// <param name="named">A plan whose draft is changed.</param>
    /// <param name="kept">A plan of which versions are kept.</param>
    public Task RunAsync(Guid named, Guid kept) => Task.WhenAll(
        UntilGoneAsync(PatientsAsync), UntilGoneAsync(PatientsAsync), UntilGoneAsync(PhotosAsync), UntilGoneAsync(() => PlanNamesAsync(named)), UntilGoneAsync(() => VersionsAsync(kept)));

    public void Dispose() => http.Dispose();

    private static async Task UntilGoneAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
        {
            // The server was killed; what it did not answer does not count.
        }
    }

    private async Task PatientsAsync()
    {
        int counter = 0;
        while (true)
        {
            string name = $"{round} Person {Guid.NewGuid():n}";
            Guid patient = await OpenRecordAsync(name);
            for (int notes = 1; notes <= 2; notes++)
            {
                using HttpResponseMessage edited = await PostAsync($"/patients/{patient}/edit", Fields(name, ("Form.Revision", Number(notes)), ("Form.Notes", Number(++counter))));
                if (edited.StatusCode == HttpStatusCode.Found)
                {
                    written.Notes[patient] = counter;
                    written.Add();
                }
            }
        }
    }

    private async Task PhotosAsync()
    {
        Guid patient = await OpenRecordAsync($"{round} Photographed {Guid.NewGuid():n}");
        for (int number = 1; ; number++)
        {
            string note = string.Create(CultureInfo.InvariantCulture, $"{round} photo {number}");
            using var form = new MultipartFormDataContent
            {
                { new StringContent("photos"), "_handler" }, { new StringContent("01/02/2026"), "taken" }, { new StringContent(note), "note" }, { new StringContent(token), "__RequestVerificationToken" },
            };
            var file = new ByteArrayContent(Picture(note));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "Front", "front.jpg");
            using HttpResponseMessage answer = await http.PostAsync(new Uri($"/patients/{patient}/photos", UriKind.Relative), form);
            if (answer.StatusCode == HttpStatusCode.Found)
            {
                written.Photos[note] = true;
                written.Add();
            }
        }
    }

    private async Task PlanNamesAsync(Guid plan)
    {
        JsonElement stored = await http.GetFromJsonAsync<JsonElement>($"/api/plans/{plan}");
        JsonElement draft = stored.GetProperty("draft");
        for (int revision = stored.GetProperty("revision").GetInt32(); ; revision++)
        {
            using HttpResponseMessage answer = await http.PutAsJsonAsync($"/api/plans/{plan}", new { revision, name = Number(revision), draft });
            answer.EnsureSuccessStatusCode();
            written.PlanNames[plan] = revision;
            written.Add();
        }
    }

    private async Task VersionsAsync(Guid plan)
    {
        for (int number = 1; ; number++)
        {
            string note = string.Create(CultureInfo.InvariantCulture, $"{round} version {number}");
            using HttpResponseMessage answer = await http.PostAsJsonAsync($"/api/plans/{plan}/versions", new { note });
            answer.EnsureSuccessStatusCode();
            written.Versions[note] = true;
            written.Add();
        }
    }

    private async Task<Guid> OpenRecordAsync(string name)
    {
        using HttpResponseMessage answer = await PostAsync("/patients/new", Fields(name));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        string address = answer.Headers.Location!.ToString();
        Guid patient = Guid.Parse(address[(address.LastIndexOf('/') + 1)..]);
        written.Patients[patient] = name;
        written.Add();
        return patient;
    }

    private Dictionary<string, string> Fields(string name, params (string Key, string Value)[] further)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "patient",
            ["Form.FullName"] = name,
            ["Form.BirthDate"] = "01/02/1980",
            ["Form.Sex"] = "female",
            ["Form.Language"] = "vi",
            ["__RequestVerificationToken"] = token,
        };
        foreach ((string key, string value) in further)
        {
            fields[key] = value;
        }

        return fields;
    }

    private async Task<HttpResponseMessage> PostAsync(string address, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await http.PostAsync(new Uri(address, UriKind.Relative), content);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // A small picture of its own.
    private static byte[] Picture(string note)
    {
        uint seed = note.Aggregate(2166136261u, (sum, letter) => (sum ^ letter) * 16777619u);
        using var bitmap = new SKBitmap(48, 64);
        for (int bit = 0; bit < 48 * 64; bit++)
        {
            bitmap.SetPixel(bit % 48, bit / 48, (SKColor)(0xFF000000u | (seed ^ ((uint)bit * 2654435761u))));
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
