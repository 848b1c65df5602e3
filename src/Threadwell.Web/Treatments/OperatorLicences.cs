using NodaTime;
using Threadwell.Care.Treatments;
using Threadwell.Storage.Clinic;

namespace Threadwell.Web.Treatments;

/// <summary>Who may place threads on a day (M11).</summary>
internal static class OperatorLicences
{
    /// <summary>Whether one of the licences is valid on a day and of a specialty that may place threads.</summary>
    public static bool MayTreat(IEnumerable<StaffLicence> licences, LocalDate day) =>
        licences.Any(licence => licence.From <= day && !(licence.Until < day) && Specialties.Find(licence.Specialty) is { MayPlaceThreads: true });
}
