using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Threadwell.Care.Questions;
using Threadwell.Storage;
using Threadwell.Storage.Questions;

namespace Threadwell.Questions.Bench;

/// <summary>Ten thousand published answers in both languages, searched over HTTP, one request after another.</summary>
internal static class SearchStudy
{
    private const int Answers = 10_000;
    private const int Requests = 40;
    private const int WordsOfText = 120;

    private static readonly string[] English = "thread lift swelling bruise how long does it last jawline brow cheek skin collagen months weeks pain sleep side pillow doctor visit dissolve PDO PLLA PCL barbed cannula anaesthetic numb dimple asymmetry infection redness result natural treatment face neck young old age smoking sport sauna massage makeup wash hair laugh eat chew dentist flight sun cream laser filler botulinum earlier again remove".Split(' ');

    private static readonly string[] Vietnamese = "căng chỉ sưng bầm bao lâu giữ được đường viền hàm chân mày má da collagen tháng tuần đau ngủ nghiêng gối bác sĩ khám tan chỉ PDO PLLA PCL gai kim gây tê tê bì lõm lệch nhiễm trùng đỏ kết quả tự nhiên điều trị mặt cổ trẻ già tuổi hút thuốc thể thao xông hơi xoa bóp trang điểm rửa gội cười ăn nhai nha khoa bay nắng kem laser chất làm đầy trước lại rút".Split(' ');

    // One word, several, with accents and without, the commonest, a beginning, nothing.
    private static readonly string[] Queries = ["swelling", "how long last", "duong vien ham", "đường viền hàm", "căng chỉ bao lâu", "chi", "pdo", "sw", "infection redness fever", "nhiem trung sau khi cang chi"];

    public static async Task RunAsync(string? database)
    {
        await using RunningServer server = await RunningServer.StartAsync(Directory.CreateTempSubdirectory("threadwell-bench-").FullName, database, SeedAsync);
        using HttpClient reader = server.Visitor(1);
        var all = new List<double>();
        Console.WriteLine($"{Answers} answers; {Requests} requests each; ms.");
        foreach (string address in Queries.Select(query => "/questions?q=" + Uri.EscapeDataString(query)).Append("/questions?q=pdo&topic=healing").Append("/questions").Append("/questions?page=400").Append("/questions/5000-answer"))
        {
            for (int warm = 0; warm < 5; warm++)
            {
                (await reader.GetAsync(address)).EnsureSuccessStatusCode();
            }

            var times = new List<double>();
            for (int request = 0; request < Requests; request++)
            {
                long start = Stopwatch.GetTimestamp();
                (await reader.GetAsync(address)).EnsureSuccessStatusCode();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            all.AddRange(address.Contains("q=", StringComparison.Ordinal) ? times : []);
            Say(Uri.UnescapeDataString(address), times);
        }

        Say("all searches", all);
    }

    private static async Task SeedAsync(ThreadwellContext context)
    {
        var chance = new Seeded(1);
        Instant start = Instant.FromUtc(2024, 1, 1, 8, 0);
        for (int number = 1; number <= Answers; number++)
        {
            string[] words = number % 2 == 0 ? English : Vietnamese;
            string title = chance.Words(words, 9);
            string question = chance.Words(words, WordsOfText / 2);
            string answer = chance.Words(words, WordsOfText);
            Instant at = start + Duration.FromHours(number);
            var asked = new PublicQuestion { Id = Guid.CreateVersion7(), LinkSha256 = number.ToString("D64", CultureInfo.InvariantCulture), Link = "", Language = number % 2 == 0 ? "en" : "vi", Topic = "other", AgeBand = "40-49", Text = "", State = QuestionState.Answered, MayPublish = true, CreatedAt = at };
            context.Add(asked);
            context.Add(new PublishedAnswer
            {
                Id = number, QuestionId = asked.Id, Slug = "answer", Language = asked.Language, Topic = QuestionTopics.All[number % QuestionTopics.All.Count], Title = title, Question = question, Answer = answer,
                SearchTitle = AnswerIndex.Folded(title), SearchText = AnswerIndex.Folded($"{question} {answer}"), DoctorId = Guid.Empty, DoctorName = "BS. Mẫu", DoctorLicence = "1",
                AnsweredOn = at.InUtc().Date, ReviewedOn = at.InUtc().Date, ReviewDueOn = at.InUtc().Date.PlusYears(1), PublishedAt = at, ChangedAt = at,
            });
            if (number % 500 == 0)
            {
                await context.SaveChangesAsync();
                context.ChangeTracker.Clear();
            }
        }
    }

    private static void Say(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} median {times[times.Count / 2],6:0.0}   p95 {times[(int)(times.Count * 0.95)],6:0.0}"));
    }

    // The same words on every machine (xorshift64).
    private sealed class Seeded(ulong seed)
    {
        private ulong state = seed;

        public string Words(string[] words, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[Next() % (ulong)words.Length]));

        private ulong Next()
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return state;
        }
    }
}
