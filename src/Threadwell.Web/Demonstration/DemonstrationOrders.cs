using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Storage.Accounts;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Accounts;
using Threadwell.Web.Aftercare;

namespace Threadwell.Web.Demonstration;

/// <summary>What the demonstration's doctor ordered for the days after a treatment.</summary>
internal static class DemonstrationOrders
{
    /// <summary>The orders of a treatment: something for the pain, a helmet that does not press, entries seen closed.</summary>
    /// <param name="treatment">The treatment, ended.</param>
    /// <param name="at">When it was ordered.</param>
    public static AftercareOrders For(StoredTreatment treatment, Instant at)
    {
        var row = new AftercareOrders { TreatmentId = treatment.Id, PatientId = treatment.PatientId, ChangedBy = DemonstrationAccounts.IdOf(Role.Doctor), ChangedAt = at };
        new KeptOrders
        {
            Allergies = [],
            Medicines =
            [
                new MedicineOrder { Name = "Paracetamol 500 mg", Ingredients = ["paracetamol"], Dose = "1 viên khi đau, cách nhau ít nhất 6 giờ, không quá 4 viên mỗi ngày", Days = 7, OrderedBy = DemonstrationAccounts.FullNameOf(Role.Doctor) },
            ],
            Helmet = HelmetAnswer.DoesNotPress,
            Settled = new Dictionary<string, LocalDate>(StringComparer.Ordinal) { ["make-up"] = treatment.Day.PlusDays(3) },
        }.Keep(row);
        return row;
    }
}
