using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Threadwell.Care.Questions;
using Threadwell.Storage;
using Threadwell.Storage.Questions;

namespace Threadwell.Questions.Bench;

/// <summary>
/// Two hundred forms a second, paced whatever the server takes: people who send one with the work done (prepared before), each from a network address of his own, some of them with a photo, and machines that send without work,
/// with false work, with the trap filled in, or again and again from one address. Beside them people who read and people who open the form. Nothing may be answered by an error page, every question that was acknowledged must be in the
/// record, and nothing of the machines.
/// </summary>
internal static partial class LoadStudy
{
    private const int QuestionsPerSecond = 150;
    private const int PhotosPerSecond = 5;
    private const int HostilePerSecond = 45;
    private const int ReadersPerSecond = 20;
    private const int PerSecond = QuestionsPerSecond + PhotosPerSecond + HostilePerSecond + ReadersPerSecond;
    private const string Usual = "How long does a thread lift of the jawline last? Question ";
    private const string Hostile = "<script>alert(1)</script> a hostile question that nobody asked";

    public static async Task<bool> RunAsync(int seconds)
    {
        string folder = Directory.CreateTempSubdirectory("threadwell-bench-").FullName;
        await using RunningServer server = await RunningServer.StartAsync(folder, null, _ => Task.CompletedTask);
        int forms = seconds * (QuestionsPerSecond + PhotosPerSecond);
        Console.WriteLine($"Preparing {forms} forms with their work …");
        long began = Stopwatch.GetTimestamp();
        var prepared = new ConcurrentQueue<Form>();
        await Parallel.ForEachAsync(Enumerable.Range(0, forms), async (number, cancellation) =>
        {
            using HttpClient visitor = server.Visitor(number + 1);
            Form form = await OpenAsync(visitor, number + 1);
            prepared.Enqueue(form with { Proof = PreparedWork.Do(form.Ticket) });
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… {Stopwatch.GetElapsedTime(began).TotalSeconds / forms * Environment.ProcessorCount:0.000} s of one core each."));
        Form machine;
        using (HttpClient opener = server.Visitor(900_000))
        {
            machine = await OpenAsync(opener, 900_000);
        }

        byte[] photo = Photo();
        var kept = new ConcurrentBag<string>();
        var answers = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var times = new ConcurrentDictionary<string, ConcurrentBag<double>>(StringComparer.Ordinal);
        var running = new List<Task>();
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < seconds * PerSecond; number++)
        {
            TimeSpan due = TimeSpan.FromSeconds(number / (double)PerSecond);
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            int mine = number;
            running.Add(Task.Run(() => OneAsync(mine)));
        }

        double paced = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Task.WhenAll(running);
        double ended = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string log = await server.EndAsync();
        int there, photos, hostile;
        await using (ThreadwellContext context = RunningServer.Open(folder, null))
        {
            List<PublicQuestion> rows = await context.Questions.AsNoTracking().ToListAsync();
            HashSet<string> texts = [.. rows.Select(row => row.Text)];
            there = kept.Count(texts.Contains);
            hostile = rows.Count(row => row.Text == Hostile);
            photos = await context.QuestionPhotos.CountAsync();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{running.Count} requests paced over {paced:0.0} s, the last answered after {ended:0.0} s."));
        foreach ((string what, int count) in answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {what,-28} {count,6}");
        }

        foreach ((string what, ConcurrentBag<double> bag) in times.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            double[] sorted = [.. bag.Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-12} median {sorted[sorted.Length / 2],8:0} ms   p95 {sorted[(int)(sorted.Length * 0.95)],8:0} ms   most {sorted[^1],8:0} ms"));
        }

        Console.WriteLine($"{kept.Count} acknowledged, {there} of them kept, {photos} photos, {hostile} of the machines' kept; log of the server: {(log.Length == 0 ? "empty" : log)}");
        int withPhoto = seconds * PhotosPerSecond;
        return kept.Count == forms && photos == withPhoto && there == kept.Count && hostile == 0 && !answers.Keys.Any(answer => answer.Contains(" 5", StringComparison.Ordinal) || answer.Contains("broken", StringComparison.Ordinal));

        async Task OneAsync(int number)
        {
            int place = number % PerSecond;
            string what = place < QuestionsPerSecond ? "ask" : place < QuestionsPerSecond + PhotosPerSecond ? "ask+photo" : place < QuestionsPerSecond + PhotosPerSecond + HostilePerSecond ? "machine" : place % 2 == 0 ? "read" : "open";
            long begins = Stopwatch.GetTimestamp();
            try
            {
                // A hundred machines, each of which sends again and again.
                Form? form = what.StartsWith("ask", StringComparison.Ordinal) && prepared.TryDequeue(out Form? next) ? next : null;
                using HttpClient visitor = server.Visitor(form?.Visitor ?? (what == "machine" ? 950_000 + (number % 100) : 400_000 + number));
                string text = Usual + number.ToString(CultureInfo.InvariantCulture);
                using HttpResponseMessage answer = what switch
                {
                    "read" => await visitor.GetAsync("/questions?q=jawline"),
                    "open" => await visitor.GetAsync("/ask"),
                    "machine" => await SendAsync(visitor, machine with { Proof = (number % 3) switch { 0 => "", 1 => string.Join('.', Enumerable.Repeat("1", ProofOfWork.Puzzles)), _ => "x" } }, Hostile, trap: number % 4 == 0, null),
                    _ => await SendAsync(visitor, form!, text, trap: false, what == "ask" ? null : photo),
                };
                answers.AddOrUpdate($"{what} {(int)answer.StatusCode}", 1, (_, count) => count + 1);
                if (answer.StatusCode == HttpStatusCode.Found && what.StartsWith("ask", StringComparison.Ordinal))
                {
                    kept.Add(text);
                }
            }
            catch (HttpRequestException error)
            {
                answers.AddOrUpdate($"{what} broken {error.HttpRequestError}", 1, (_, count) => count + 1);
            }
            catch (TaskCanceledException)
            {
                answers.AddOrUpdate($"{what} broken: no answer in time", 1, (_, count) => count + 1);
            }

            times.GetOrAdd(what, _ => []).Add(Stopwatch.GetElapsedTime(begins).TotalMilliseconds);
        }
    }

    private static async Task<Form> OpenAsync(HttpClient visitor, int number)
    {
        using HttpResponseMessage page = await visitor.GetAsync("/ask");
        string text = await page.Content.ReadAsStringAsync();
        return new Form(number, page.Headers.GetValues("Set-Cookie").First().Split(';')[0], Value().Match(text, text.IndexOf("RequestVerificationToken", text.IndexOf("ask-form", StringComparison.Ordinal), StringComparison.Ordinal)).Groups["value"].Value, Value().Match(text, text.IndexOf("Form.Ticket", StringComparison.Ordinal)).Groups["value"].Value, "");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient visitor, Form form, string text, bool trap, byte[]? photo)
    {
        using var content = new MultipartFormDataContent();
        foreach ((string name, string value) in ((string, string)[])
            [("_handler", "ask"), ("__RequestVerificationToken", form.Token), ("Form.Ticket", form.Ticket), ("Form.Proof", form.Proof), ("Form.Topic", "results"), ("Form.AgeBand", "40-49"), ("Form.Text", text), ("Form.Website", trap ? "https://evil.example" : "")])
        {
            content.Add(new StringContent(value), name);
        }

        if (photo is not null)
        {
            content.Add(new ByteArrayContent(photo), "photos", "photo.jpg");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/ask") { Content = content };
        request.Headers.Add("Cookie", form.Cookie);
        return await visitor.SendAsync(request);
    }

    // As a phone makes it smaller for a message: 1600 × 1200.
    private static byte[] Photo()
    {
        using var bitmap = new SKBitmap(1600, 1200);
        using var canvas = new SKCanvas(bitmap);
        using var shader = SKShader.CreatePerlinNoiseTurbulence(0.02f, 0.02f, 4, 1);
        using var paint = new SKPaint { Shader = shader };
        canvas.DrawPaint(paint);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }

    [GeneratedRegex("value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    private sealed record Form(int Visitor, string Cookie, string Token, string Ticket, string Proof);
}
