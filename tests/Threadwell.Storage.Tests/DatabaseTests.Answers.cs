using NodaTime;
using Threadwell.Storage.Questions;

namespace Threadwell.Storage.Tests;

/// <summary>Published answers are found alike on every database.</summary>
public abstract partial class DatabaseTests
{
    [Fact]
    public async Task An_answer_is_found_by_its_words_with_and_without_accents()
    {
        await using ThreadwellContext context = Open();
        await PublishAsync(context, 1, "results", "Chỉ PDO giữ được bao lâu?", "Em 45 tuổi, đường viền hàm chảy xệ.", "Chỉ tan trong 6–9 tháng; độ nâng giảm dần.");
        await PublishAsync(context, 2, "healing", "How long does swelling last?", "I was treated two days ago.", "Most swelling is gone after a week. Threads of PDO are felt longer.");
        await PublishAsync(context, 3, "healing", "May I sleep on my side?", "Day three.", "Sleep on your back for some days, while swelling lasts.");
        foreach ((string text, string topic, int[] found) in ((string, string, int[])[])
        [
            ("đường viền hàm", "", [1]),
            ("duong vien ham", "", [1]),
            ("DUONG", "", [1]),
            ("bao lâu", "", [1]),
            ("pdo", "", [1, 2]),
            ("pdo", "healing", [2]),
            ("swell", "", [2, 3]),
            ("how long swelling", "", [2]),
            ("swelling how", "results", []),
            ("thread\"", "", [2]),
            ("'; DROP TABLE published_answers; --", "", []),
            ("NEAR(pdo", "", []),
            ("pdo OR & | ! ( ) : *", "", []),
            ("\" AND *", "", []),
            ("…", "", []),
            ("", "", []),
        ])
        {
            Assert.Equal(found, (await AnswerIndex.FindAsync(context, text, topic, 0, 10, Cancelled)).Order());
        }

        // A word of the title counts for more than one of the text, and pages follow each other.
        Assert.Equal([2], await AnswerIndex.FindAsync(context, "swelling", "", 0, 1, Cancelled));
        Assert.Equal([3], await AnswerIndex.FindAsync(context, "swelling", "", 1, 1, Cancelled));
        PublishedAnswer first = (await context.PublishedAnswers.FindAsync([1], Cancelled))!;
        (first.Answer, first.SearchText) = ("PCL", AnswerIndex.Folded("PCL"));
        PublishedAnswer third = (await context.PublishedAnswers.FindAsync([3], Cancelled))!;
        third.WithdrawnAt = third.PublishedAt;
        context.Remove((await context.PublishedAnswers.FindAsync([2], Cancelled))!);
        await context.SaveChangesAsync(Cancelled);
        Assert.Empty(await AnswerIndex.FindAsync(context, "swelling", "", 0, 10, Cancelled));
        Assert.Empty(await AnswerIndex.FindAsync(context, "viền", "", 0, 10, Cancelled));
        Assert.Equal([1], await AnswerIndex.FindAsync(context, "pcl", "", 0, 10, Cancelled));

        // A second start changes nothing.
        await Database.PrepareAsync(context, Cancelled);
        Assert.Equal([1], await AnswerIndex.FindAsync(context, "pcl", "", 0, 10, Cancelled));
        Assert.Empty(await Database.FaultsAsync(Cancelled));
    }

    [Theory]
    [InlineData("Chỉ PDO – giữ được bao lâu?", "chi pdo giu duoc bao lau")]
    [InlineData("  \"Đau\"\n(6–9)  ", "dau 6 9")]
    [InlineData("", "")]
    public void Words_are_folded(string text, string folded) => Assert.Equal(folded, AnswerIndex.Folded(text));

    private static async Task PublishAsync(ThreadwellContext context, int number, string topic, string title, string question, string answer)
    {
        Instant now = Instant.FromUtc(2026, 11, 26, 12, 0);
        var asked = new PublicQuestion { Id = Guid.CreateVersion7(), LinkSha256 = number.ToString("D64", System.Globalization.CultureInfo.InvariantCulture), Link = "link", Language = "vi", Topic = topic, AgeBand = "40-49", Text = question, State = QuestionState.Answered, CreatedAt = now };
        context.AddRange(asked, new PublishedAnswer
        {
            Id = number, QuestionId = asked.Id, Slug = "slug", Language = "vi", Topic = topic, Title = title, Question = question, Answer = answer, SearchTitle = AnswerIndex.Folded(title), SearchText = AnswerIndex.Folded($"{question} {answer}"),
            DoctorId = Guid.NewGuid(), DoctorName = "BS. Mẫu", DoctorLicence = "1", AnsweredOn = new LocalDate(2026, 11, 26), ReviewedOn = new LocalDate(2026, 11, 26), ReviewDueOn = new LocalDate(2027, 11, 26), PublishedAt = now, ChangedAt = now,
        });
        await context.SaveChangesAsync(Cancelled);
    }
}
