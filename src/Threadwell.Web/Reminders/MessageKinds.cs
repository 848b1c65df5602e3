using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Threadwell.Storage.Reminders;
using Threadwell.Web.CheckIns;

namespace Threadwell.Web.Reminders;

/// <summary>What messages there are, and what makes each the one that it is.</summary>
internal static class MessageKinds
{
    /// <summary>A check-in is due.</summary>
    public const string CheckIn = "checkIn";

    /// <summary>An appointment is near.</summary>
    public const string Appointment = "appointment";

    /// <summary>A task waits for somebody of the clinic.</summary>
    public const string Escalation = StaffMessages.Template;

    /// <summary>Somebody who asked a doctor is to show that the address is hers.</summary>
    public const string QuestionConfirm = "questionConfirm";

    /// <summary>A question is answered.</summary>
    public const string QuestionAnswer = "questionAnswer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [CheckIn, Appointment, Escalation, QuestionConfirm, QuestionAnswer];

    /// <summary>Whether a message goes to somebody who asked a doctor, who is no patient.</summary>
    public static bool IsOfQuestion(string template) => template is QuestionConfirm or QuestionAnswer;

    /// <summary>What the keys of a question's messages begin with.</summary>
    public static string QuestionKeys(Guid question) => $"question/{question}/";

    /// <summary>The question that a message is about.</summary>
    public static Guid QuestionOf(OutboxMessage row)
    {
        using JsonDocument fields = JsonDocument.Parse(row.FieldsJson);
        return fields.RootElement.GetProperty("question").GetGuid();
    }

    private static readonly InstantPattern Minutes = InstantPattern.CreateWithInvariantCulture("uuuuMMddHHmm");

    /// <summary>Key of a check-in's reminder, without its channel.</summary>
    public static string CheckInKey(Guid treatment, string scheduled) => $"check-in/{treatment}/{scheduled}";

    /// <summary>Key of an appointment's reminder, without its channel. It holds the time: an appointment that is moved is told anew.</summary>
    /// <param name="appointment">The appointment.</param>
    /// <param name="startsAt">When it begins.</param>
    /// <param name="lead">How long before ("day", "hours2").</param>
    public static string AppointmentKey(Guid appointment, Instant startsAt, string lead) => $"appointment/{appointment}/{Minutes.Format(startsAt)}/{lead}";

    /// <summary>Key of a message by e-mail.</summary>
    /// <param name="key">What it is, without its channel.</param>
    public static string ByEmail(string key) => $"{key}/email";

    /// <summary>Key of a message to a browser.</summary>
    /// <param name="key">What it is, without its channel.</param>
    /// <param name="browser">The browser.</param>
    public static string ByPush(string key, Guid browser) => $"{key}/push/{browser}";

    /// <summary>The task that an escalation is about.</summary>
    public static Guid TaskOf(OutboxMessage row)
    {
        using JsonDocument fields = JsonDocument.Parse(row.FieldsJson);
        return fields.RootElement.GetProperty("task").GetGuid();
    }

    /// <summary>The key of the row that follows from what the message is: the same message has the same row, and the same Message-ID, on every day and after every restore.</summary>
    public static Guid IdOf(string idempotencyKey) => new(SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)).AsSpan(0, 16), bigEndian: true);

    /// <summary>The Message-ID of an e-mail, without its angle brackets.</summary>
    /// <param name="id">Key of the row.</param>
    /// <param name="from">Address that the clinic sends from, whose domain it carries.</param>
    public static string MessageId(Guid id, string from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return $"{id:n}@{from[(from.LastIndexOf('@') + 1)..]}";
    }
}

/// <summary>Why a message has not gone (yet), as a row keeps it: a word, and for some what the other side said.</summary>
internal static class MessageProblems
{
    /// <summary>The program stopped while it was handed over: it may have been accepted.</summary>
    public const string Stopped = "stopped";

    /// <summary>The connection broke while it was handed over: it may have been accepted.</summary>
    public const string Unknown = "unknown";

    /// <summary>The other side said to try later.</summary>
    public const string Later = "later";

    /// <summary>The other side was not reached, or does not let us in.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>It was refused for good.</summary>
    public const string Refused = "refused";

    /// <summary>The browser does not take messages any more.</summary>
    public const string Gone = "gone";

    /// <summary>It could not be delivered until it had no use any more.</summary>
    public const string Late = "late";

    private const int Longest = 300;

    /// <summary>A problem as it is kept.</summary>
    /// <param name="word">The word.</param>
    /// <param name="said">What the other side said; may be empty.</param>
    /// <param name="secret">What must not stand in it: the patient's address.</param>
    public static string Of(string word, string said, string? secret = null)
    {
        string told = said.ReplaceLineEndings(" ").Trim();
        if (!string.IsNullOrEmpty(secret))
        {
            told = told.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        }

        return told.Length == 0 ? word : $"{word}: {(told.Length > Longest ? told[..Longest] : told)}";
    }

    /// <summary>The word alone, which names neither an address nor a patient.</summary>
    public static string Word(string problem) => problem.Split(':', 2)[0];

    /// <summary>What the other side said; empty where it said nothing.</summary>
    public static string Said(string problem) => problem.Split(": ", 2) is [_, var said] ? said : "";

    /// <summary>Whether the message may have been accepted though nothing says so: handing it over again may repeat it.</summary>
    public static bool MayHaveArrived(string problem) => Word(problem) is Stopped or Unknown;
}
