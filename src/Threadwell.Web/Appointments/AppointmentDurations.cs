using Threadwell.Storage.Appointments;

namespace Threadwell.Web.Appointments;

/// <summary>How long appointments take. These lengths are no medicine: where a form begins, which the clinic changes for each appointment as it works.</summary>
internal static class AppointmentDurations
{
    /// <summary>Shortest appointment, minutes.</summary>
    public const int Shortest = 5;

    /// <summary>Longest appointment, minutes; what is taken is sought this far back.</summary>
    public const int Longest = 480;

    /// <summary>What a form begins with, minutes.</summary>
    public static int Usual(AppointmentKind kind) => kind == AppointmentKind.Treatment ? 90 : 30;
}
