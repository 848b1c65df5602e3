using Microsoft.Extensions.Localization;
using Threadwell.Care.Questions;
using Threadwell.Plans.Text;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Questions;

/// <summary>A question as it was typed.</summary>
public sealed class AskForm
{
    /// <summary>Shortest question.</summary>
    public const int Shortest = 20;

    /// <summary>Longest question.</summary>
    public const int Longest = 4000;

    private const int LongestMail = 254;

    // No other field holds more, the work's numbers among them.
    private const int LongestOther = 1000;

    // A letter and its marks are up to three characters until they are composed.
    private const int Spread = 4;

    // Longest text of the inbox, as it may be typed.
    private const int MostTyped = Spread * AnswerDesk.Longest;

    private string? clean;
    private bool wasCut;

    /// <summary>What it is about.</summary>
    public string? Topic { get; set; }

    /// <summary>How old its writer is.</summary>
    public string? AgeBand { get; set; }

    /// <summary>The question.</summary>
    public string? Text { get; set; }

    /// <summary>Address to which the answer is announced.</summary>
    public string? Email { get; set; }

    /// <summary>Whether question and answer may be published.</summary>
    public bool MayPublish { get; set; }

    /// <summary>Whether its writer said that no emergency is happening now.</summary>
    public bool NoEmergency { get; set; }

    /// <summary>Whether its writer leaves in what may tell who she is.</summary>
    public bool KeepsIdentity { get; set; }

    /// <summary>The ticket for which the browser worked.</summary>
    public string? Ticket { get; set; }

    /// <summary>The work.</summary>
    public string? Proof { get; set; }

    /// <summary>What no person sees, and a machine fills in.</summary>
    public string? Website { get; set; }

    /// <summary>The question as it is kept: composed letters, usual line ends, no control characters.</summary>
    public string CleanText => clean ??= Clean(Text, lines: true);

    /// <summary>Cuts what was sent to what may be worked on, before anything looks at it: anybody may send some megabytes a field.</summary>
    public void Tidy()
    {
        wasCut = Text?.Length > Spread * Longest;
        (Text, Email) = (Cut(Text, Spread * Longest), Cut(Email, LongestMail + 1));
        (Topic, AgeBand, Ticket, Proof, Website) = (Cut(Topic, LongestOther), Cut(AgeBand, LongestOther), Cut(Ticket, LongestOther), Cut(Proof, LongestOther), Cut(Website, LongestOther));

        // What comes back to its writer reads as it would be kept.
        clean = null;
        Text = Text is null ? null : CleanText;

        static string? Cut(string? text, int most) => text?.Length > most ? text[..most] : text;
    }

    /// <summary>The address as it is kept.</summary>
    public string CleanEmail => Clean(Email, lines: false);

    /// <summary>A text as it is kept: half a letter of two, which no feed may hold, becomes the mark for one. What is far longer than any text may be is cut, and still too long.</summary>
    /// <param name="text">As it was typed.</param>
    /// <param name="lines">Whether it has lines.</param>
    public static string Clean(string? text, bool lines) => LatinLetters.Compose(new string([.. string.Concat((text is { Length: > MostTyped } ? text[..MostTyped] : text ?? "").EnumerateRunes()).ReplaceLineEndings("\n").Where(letter => !(char.IsControl(letter) && !(lines && letter == '\n')) && !IsHidden(letter))])).Trim();

    /// <summary>What is wrong with it, a sentence a field.</summary>
    /// <param name="needsMail">Whether an address is needed.</param>
    /// <param name="text">The texts.</param>
    public FieldProblems Check(bool needsMail, IStringLocalizer<QuestionText> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new FieldProblems();
        Need("Topic", QuestionTopics.IsTopic(Topic), "problem.topic");
        Need("AgeBand", QuestionTopics.IsAgeBand(AgeBand), "problem.age");
        Need("Text", CleanText.Length >= Shortest, "problem.short");
        Need("Text", !wasCut && CleanText.Length <= Longest, "problem.long");
        Need("Email", !needsMail || IsMail(CleanEmail), "problem.email");
        return problems;

        void Need(string field, bool fine, string problem)
        {
            if (!fine)
            {
                problems.Add(field, text[problem]);
            }
        }
    }

    // Marks that turn the direction of writing hide what a text says.
    private static bool IsHidden(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFFFE' or '\uFFFF';

    private static bool IsMail(string typed) =>
        typed.Length is > 0 and <= LongestMail && MimeKit.MailboxAddress.TryParse(typed, out MimeKit.MailboxAddress? address) && address.Address == typed && address.Domain.Contains('.', StringComparison.Ordinal) && typed.All(char.IsAscii);
}
