using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Suggestion;

namespace Threadwell.Prediction.Tests;

/// <summary>Standard plans of virtual patients, and random moves of their threads as a hand would drag them.</summary>
internal static class PreviewPlans
{
    public static VirtualPatient Patient(ulong seed) => VirtualPatient.Create(new VirtualPatientTraits
    {
        Seed = seed,
        AgeYears = 35 + (10 * seed),
        Sex = seed % 2 == 0 ? Sex.Male : Sex.Female,
        Laxity = seed % 2 == 0 ? Laxity.Mild : Laxity.Moderate,
    });

    public static ThreadPlan Standard(VirtualPatient patient, TreatmentArea area, ThreadMaterial material = ThreadMaterial.Pdo) =>
        StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = patient.Scan,
            Landmarks = patient.Landmarks,
            Scan = new ScanReference { Path = "virtual.obj", Sha256 = new string('0', 64), Unit = "mm" },
            Patient = new PatientDescription { AgeYears = patient.Traits.AgeYears, Sex = patient.Traits.Sex, Laxity = patient.Traits.Laxity },
            Area = area,
            Material = material,
        });

    /// <summary>Drags one end of one thread by up to 7 mm along the skin; the points between follow in proportion.</summary>
    public static ThreadPlan MoveOne(ThreadPlan plan, TriangleMesh scan, Random random)
    {
        int chosen = random.Next(plan.Threads.Count);
        bool entry = random.Next(2) == 0;
        Vector3D shift = 7 * new Vector3D((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1) / Math.Sqrt(3);
        PlannedThread thread = plan.Threads[chosen];
        var skin = new TriangleBvh(scan);
        Vector3D[] path = [.. thread.Path.Select((point, index) =>
        {
            double along = (double)index / (thread.Path.Count - 1);
            return skin.ClosestPoint(point + ((entry ? 1 - along : along) * shift)).Position;
        })];
        return plan with { Threads = [.. plan.Threads.Select((other, index) => index == chosen ? thread with { Path = path } : other)] };
    }
}
