using Threadwell.Storage.Reminders;
using Threadwell.Web.Forms;

namespace Threadwell.Web.Reminders;

/// <summary>A patient's choice as it was typed.</summary>
internal sealed class ReminderForm
{
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
        new() { Email = choice.Email, Push = choice.Push, QuietFrom = ClockTimes.ToType(choice.QuietFrom), QuietUntil = ClockTimes.ToType(choice.QuietUntil) };
}
