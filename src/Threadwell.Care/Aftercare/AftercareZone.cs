using NodaTime;
using Threadwell.Geometry;

namespace Threadwell.Care.Aftercare;

/// <summary>Time zones by their names in the IANA database.</summary>
internal static class AftercareZone
{
    /// <summary>The zone of an aftercare.</summary>
    /// <exception cref="InvalidInputException">There is no such zone.</exception>
    public static DateTimeZone Of(AftercarePlan plan) => Find(plan.TimeZone, "aftercare", "timeZone");

    /// <summary>The zone of a name.</summary>
    /// <exception cref="InvalidInputException">There is no such zone.</exception>
    public static DateTimeZone Find(string name, string source, string place) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? throw new InvalidInputException(source, place, $"'{name}' is no time zone; a name of the IANA database is needed, such as Asia/Ho_Chi_Minh.");
}
