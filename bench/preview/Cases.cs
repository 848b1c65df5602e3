using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Preview.Bench;

/// <summary>The virtual patients and standard plans of the studies.</summary>
internal static class Cases
{
    public static readonly TreatmentArea[] HeadAreas =
        [TreatmentArea.Jawline, TreatmentArea.NasolabialFold, TreatmentArea.Brow, TreatmentArea.Forehead, TreatmentArea.Neck];

    public static VirtualPatient Patient(ulong seed) => VirtualPatient.Create(new VirtualPatientTraits
    {
        Seed = seed,
        AgeYears = 35 + (10 * seed),
        Sex = seed % 2 == 0 ? Sex.Male : Sex.Female,
        Laxity = seed % 2 == 0 ? Laxity.Mild : Laxity.Moderate,
    });

    public static ThreadPlan Plan(VirtualPatient patient, TreatmentArea area, ThreadMaterial material) =>
        StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan,
            Landmarks = patient.Landmarks,
            Scan = new ScanReference { Path = "virtual.obj", Sha256 = new string('0', 64), Unit = "mm" },
            Patient = new PatientDescription { AgeYears = patient.Traits.AgeYears, Sex = patient.Traits.Sex, Laxity = patient.Traits.Laxity },
            Area = area,
            Material = material,
        });
}
