using NodaTime;
using NodaTime.Text;
using Threadwell.Storage.Reminders;

namespace Threadwell.Web.Reminders;

/// <summary>A patient's choice as it was typed.</summary>
internal sealed class ReminderForm
{
    private static readonly LocalTimePattern Minutes = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    /// <summary>By e-mail.</summary>
    public bool Email { get; set; }

    /// <summary>By push.</summary>
    public bool Push { get; set; }

    /// <summary>When quiet begins.</summary>
    public string? QuietFrom { get; set; }

    /// <summary>When it ends.</summary>
    public string? QuietUntil { get; set; }

    /// <summary>The choice as it is kept.</summary>
    public static ReminderForm Of(ReminderChoice choice) =>
        new() { Email = choice.Email, Push = choice.Push, QuietFrom = Minutes.Format(choice.QuietFrom), QuietUntil = Minutes.Format(choice.QuietUntil) };

    /// <summary>A time as it was typed; null where it cannot be read.</summary>
    public static LocalTime? Read(string? typed) => Minutes.Parse((typed ?? "").Trim()) is { Success: true, Value: var time } ? time : null;
}
