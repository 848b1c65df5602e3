using Threadwell.Storage.Accounts;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.Assessments;
using Threadwell.Storage.CheckIns;
using Threadwell.Storage.Clinic;
using Threadwell.Storage.Consents;
using Threadwell.Storage.Outcomes;
using Threadwell.Storage.Patients;
using Threadwell.Storage.Photos;
using Threadwell.Storage.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Products;
using Threadwell.Storage.Scans;
using Threadwell.Storage.Treatments;

namespace Threadwell.Web.Demonstration;

/// <summary>What goes with the demonstration, counted as people count it.</summary>
/// <param name="Kinds">Name of each kind that has a word of its own, and how many there are; none that there are none of.</param>
/// <param name="Others">Everything else that hangs on them.</param>
internal sealed record DemonstrationCounts(IReadOnlyList<(string Kind, int Count)> Kinds, int Others)
{
    private static readonly (Type Type, string Kind)[] Named =
    [
        (typeof(Patient), "patients"), (typeof(UserAccount), "accounts"), (typeof(StoredAssessment), "assessments"), (typeof(StoredPhoto), "photos"), (typeof(StoredScan), "scans"), (typeof(StoredPlan), "plans"),
        (typeof(StoredPrediction), "predictions"), (typeof(StoredConsent), "consents"), (typeof(StoredTreatment), "treatments"), (typeof(ImplantedThread), "threads"), (typeof(StoredCheckIn), "check-ins"),
        (typeof(Appointment), "appointments"), (typeof(FollowUpVisit), "visits"), (typeof(Complication), "complications"), (typeof(Facility), "facilities"), (typeof(StaffLicence), "licences"), (typeof(Product), "products"),
    ];

    /// <summary>What has a word of its own, all of it: it changes only when somebody enters something.</summary>
    public int Total => Kinds.Sum(kind => kind.Count);

    /// <summary>Counts rows.</summary>
    public static DemonstrationCounts Of(IReadOnlyList<object> rows)
    {
        Dictionary<Type, int> byType = rows.GroupBy(row => row.GetType()).ToDictionary(group => group.Key, group => group.Count());
        return new DemonstrationCounts(
            [.. Named.Where(named => byType.ContainsKey(named.Type)).Select(named => (named.Kind, byType[named.Type]))],
            byType.Where(pair => !Array.Exists(Named, named => named.Type == pair.Key)).Sum(pair => pair.Value));
    }
}
