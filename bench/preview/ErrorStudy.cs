using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Preview.Bench;

/// <summary>
/// Day-0 lift on coarse meshes against the full one: areas x patients x materials, standard plans. The tissue does not depend on the material, so each mesh is
/// prepared once a patient and area.
/// </summary>
internal static class ErrorStudy
{
    public static void Run(TreatmentArea area, string[] factors)
    {
        double?[] coarsenings = factors.Length == 0 ? [null] : [.. factors.Select(factor => (double?)double.Parse(factor, CultureInfo.InvariantCulture))];
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            VirtualPatient patient = Cases.Patient(seed);
            ThreadPlan[] plans = [.. Enum.GetValues<ThreadMaterial>().Select(material => Cases.Plan(patient, area, material))];
            ThreadPlan plan = plans[0];
            LiftPreview full = LiftPreview.Prepare(plan, patient.Scan, "plan", new PreviewOptions { Resolution = PreviewResolution.Full });
            PreviewResult[] exact = [.. plans.Select(of => full.Update(of))];
            Console.WriteLine($"{area} {seed}: full {full.NodeCount} nodes, {full.EdgeLengthMm:0.0} mm; " + string.Join(" ", exact[0].Lifts.Select(lift => $"{lift.Name} {lift.LiftMm:0.00}")));
            foreach (double? coarsening in coarsenings)
            {
                LiftPreview coarse = LiftPreview.Prepare(plan, patient.Scan, "plan", new PreviewOptions { Coarsening = coarsening });
                double worst = 0;
                var words = new List<string>();
                foreach ((ThreadPlan of, PreviewResult reference) in plans.Zip(exact))
                {
                    double[] errors = [.. coarse.Update(of).Lifts.Zip(reference.Lifts, (quick, slow) => (quick.LiftMm / slow.LiftMm) - 1)];
                    worst = Math.Max(worst, errors.Max(Math.Abs));
                    words.Add($"{of.Threads[0].Material} {string.Join("/", errors.Select(error => $"{100 * error:+0;-0}"))}");
                }

                Console.WriteLine($"    {coarse.EdgeLengthMm:0.0} mm, {coarse.NodeCount} nodes: worst {100 * worst:0.0} %: {string.Join(", ", words)}");
            }
        }
    }
}
