using System.Net;
using System.Text.RegularExpressions;
using Threadwell.Storage.Questions;

namespace Threadwell.Web.Tests.Questions;

/// <summary>The form in which a doctor publishes an answer: what was typed comes back where it was refused.</summary>
public sealed partial class PublishingTests(QuestionClinic clinic) : IClassFixture<QuestionClinic>
{
    private const string Title = "How long do threads in the cheeks last?";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("title", "title", "Short", "publish-title", "Give a title of 8 to 160 characters.")]
    [InlineData("identity.title", "title", "Call 0912 345 678 about threads", "publish-title", "The title holds a number")]
    [InlineData("question", "question", "", "publish-question", "The question is needed")]
    [InlineData("identity", "question", "Write to me@mail.example please", "publish-question", "The question holds a number")]
    [InlineData("answer", "answer", "", "publish-answer", "The answer is needed")]
    [InlineData("checked", "checked", "", "publish-checked", "Say that you have read it")]
    public async Task What_was_typed_stands_in_the_form_again_with_the_refusal_at_its_field(string problem, string field, string typed, string id, string said)
    {
        Guid question = await AnsweredAsync();
        Dictionary<string, string> fields = new() { ["title"] = Title, ["question"] = "Typed question.", ["answer"] = "Typed answer, in two lines.\n\nThe second.", ["checked"] = "true", [field] = typed };
        Assert.Equal($"?problem={problem}&form=publish#publish", await StepAsync(question, fields));

        // Nobody else is shown it.
        string address = $"/inbox/{question}?problem={problem}&form=publish";
        Assert.DoesNotContain("Typed ", await clinic.SecondDoctor.GetStringAsync(address, Cancelled), StringComparison.Ordinal);
        string page = WebUtility.HtmlDecode(await clinic.Doctor.GetStringAsync(address, Cancelled));
        Assert.Equal(fields["title"], Input(page, "publish-title"));
        Assert.Contains($">{fields["question"]}</textarea>", page, StringComparison.Ordinal);
        Assert.Contains($">{fields["answer"]}</textarea>", page, StringComparison.Ordinal);
        Match wrong = Assert.Single(Wrong().Matches(page));
        Assert.Equal((id, $"{id}-problem"), (wrong.Groups["id"].Value, wrong.Groups["by"].Value));
        Assert.Matches($"<p class=\"problem small\" role=\"alert\" id=\"{id}-problem\">{said}", page);

        // Whoever sends it again says again that it was read; once shown it is given back no more.
        Assert.DoesNotMatch(Ticked(), Assert.Single(Box().Matches(page)).Value);
        Assert.DoesNotContain("Typed ", await clinic.Doctor.GetStringAsync(address, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_typed_beside_an_older_one_stands_beside_it_and_not_in_its_place()
    {
        Guid question = await AnsweredAsync();
        Dictionary<string, string> fields = new() { ["title"] = Title, ["question"] = "How long?", ["answer"] = "A year.", ["checked"] = "true" };
        Assert.Equal("?kept=publish", await StepAsync(question, fields));

        // Without its note it comes back, with the revision that it was typed beside.
        string older = Published(await clinic.Doctor.GetStringAsync($"/inbox/{question}", Cancelled));
        fields["answer"] = "Eight months.";
        Assert.Equal("?problem=note&form=publish#publish", await StepAsync(question, fields));
        Assert.Equal("?kept=publish", await clinic.StepAsync(clinic.SecondDoctor, question, "publish", ("title", Title), ("question", "How long?"), ("answer", "Nine months."), ("checked", "true"), ("note", "Shorter.")));
        string page = await clinic.Doctor.GetStringAsync($"/inbox/{question}?problem=note&form=publish", Cancelled);
        Assert.Contains(">Eight months.</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("publish-note-problem", page, StringComparison.Ordinal);
        Assert.Equal(older, Published(page));

        // So that the other's correction is not written over unseen: the form shows his, and what was typed stands above.
        (fields["published"], fields["note"]) = (older, "It dissolves sooner.");
        Assert.Equal("?problem=changed&form=publish#publish", await StepAsync(question, fields));
        page = await clinic.Doctor.GetStringAsync($"/inbox/{question}?problem=changed&form=publish", Cancelled);
        Assert.Contains(">Nine months.</textarea>", page, StringComparison.Ordinal);
        Assert.Matches("What you typed was not stored[\\s\\S]*<p class=\"notes\">Eight months.</p>\\s*<p class=\"notes\">It dissolves sooner.</p>", page);
        Assert.Contains("Somebody changed it meanwhile.", page, StringComparison.Ordinal);

        // What reads as it is published was not lost.
        fields["answer"] = "Nine months.";
        Assert.Equal("?problem=changed&form=publish#publish", await StepAsync(question, fields));
        Assert.DoesNotContain("What you typed was not stored", await clinic.Doctor.GetStringAsync($"/inbox/{question}?problem=changed&form=publish", Cancelled), StringComparison.Ordinal);
    }

    private async Task<Guid> AnsweredAsync()
    {
        PublicQuestion kept = await clinic.KeptAsync(await clinic.AskAndConfirmAsync(clinic.Visitor(), "How long do the threads in my cheeks last, please?"));
        Assert.Equal("?kept=draft", await clinic.StepAsync(clinic.Doctor, kept.Id, "draft", ("draft", "About a year."), ("then", "answer")));
        return kept.Id;
    }

    private Task<string> StepAsync(Guid question, Dictionary<string, string> fields) => clinic.StepAsync(clinic.Doctor, question, "publish", [.. fields.Select(field => (field.Key, field.Value))]);

    private static string Input(string page, string id) => Regex.Match(page, $"<input id=\"{id}\"[^>]* value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    private static string Published(string page) => Revision().Match(page).Groups["value"].Value;

    [GeneratedRegex("<input id=\"publish-checked\"[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Box();

    [GeneratedRegex(@"\schecked[\s=/>]", RegexOptions.None, 1000)]
    private static partial Regex Ticked();

    [GeneratedRegex("id=\"(?<id>publish-[a-z]+)\"[^>]*aria-invalid=\"true\" aria-describedby=\"(?<by>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Wrong();

    [GeneratedRegex("name=\"published\" value=\"(?<value>[0-9]+)\" />\\s*<label", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Revision();
}
