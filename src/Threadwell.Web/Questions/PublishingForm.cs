using System.Globalization;
using Microsoft.AspNetCore.Http;
using Threadwell.Care.Questions;
using Threadwell.Storage.Questions;

namespace Threadwell.Web.Questions;

/// <summary>What a doctor types to publish an answered question, or to correct what is published of it.</summary>
/// <param name="Title">The question in one line.</param>
/// <param name="Question">The question, without what tells who asked.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Note">What is corrected, and why.</param>
/// <param name="Published">Revision of what was published when the page was read; empty where nothing was.</param>
/// <param name="IsRead">Whether the doctor says that it was read for what may tell who asked.</param>
public sealed record PublishingForm(string Title, string Question, string Answer, string Note, string Published, bool IsRead)
{
    private const int LongestNote = 500;
    private const int ShortestTitle = 8;

    /// <summary>The form as it was sent.</summary>
    /// <param name="form">Its fields.</param>
    public static PublishingForm Read(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(AskForm.Clean(form["title"], lines: false), AskForm.Clean(form["question"], lines: true), AskForm.Clean(form["answer"], lines: true), AskForm.Clean(form["note"], lines: false), form["published"].ToString(), form["checked"] == "true");
    }

    /// <summary>The form as it is shown before anything is typed.</summary>
    /// <param name="question">The question, answered.</param>
    /// <param name="published">What is published of it; null where nothing is.</param>
    public static PublishingForm Of(PublicQuestion question, PublishedAnswer? published)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new(published?.Title ?? "", published?.Question ?? question.Text, published?.Answer ?? question.Answer, "", published?.Revision.ToString(CultureInfo.InvariantCulture) ?? "", false);
    }

    /// <summary>The form that <see cref="ToFields"/> put into fields. Whoever sends it again has to say anew that it was read.</summary>
    /// <param name="fields">The fields.</param>
    public static PublishingForm Of(IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new(fields[0], fields[1], fields[2], fields[3], fields[4], false);
    }

    /// <summary>Its fields, to be held until its page takes them back.</summary>
    public IReadOnlyList<string> ToFields() => [Title, Question, Answer, Note, Published];

    /// <summary>Whether its words are those of another form.</summary>
    /// <param name="other">The other.</param>
    public bool SaysTheSameAs(PublishingForm other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Title, Question, Answer) == (other.Title, other.Question, other.Answer);
    }

    /// <summary>What is wrong with it whatever is published: the key of a refusal's words, each of one field; null where nothing is.</summary>
    public string? Problem() => this switch
    {
        { Title.Length: < ShortestTitle or > PublishedAnswer.LongestTitle } => "title",
        { Question.Length: 0 or > PublishedAnswer.LongestText } => "question",
        { Answer.Length: 0 or > PublishedAnswer.LongestText } => "answer",
        { IsRead: false } => "checked",
        _ when TellsWhoAsked(Title) => "identity.title",
        _ when TellsWhoAsked(Question) => "identity",
        _ => null,
    };

    /// <summary>The field that a refusal is about; null where it is about none, so that its words belong to no field.</summary>
    /// <param name="problem">Key of its words.</param>
    public static string? FieldOf(string? problem) => problem switch
    {
        "title" or "identity.title" => "title",
        "identity" => "question",
        "question" or "answer" or "note" or "checked" => problem,
        _ => null,
    };

    /// <summary>Whether the note of a correction is missing or too long.</summary>
    public bool LacksNote => Note.Length is 0 or > LongestNote;

    // What names the clinic or a source may stand there, and a doctor who has read it says so; a number that reaches somebody may not.
    private static bool TellsWhoAsked(string words) =>
        IdentifyingText.Find(words).Any(part => part.Kind is IdentifyingKind.Phone or IdentifyingKind.Email or IdentifyingKind.CitizenNumber or IdentifyingKind.BirthDate);
}
