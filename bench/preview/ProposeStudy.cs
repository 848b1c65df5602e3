using System.Diagnostics;
using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Prediction;

namespace Threadwell.Preview.Bench;

/// <summary>How long a search for plans takes, beside solving every combination that it weighs on the full mesh.</summary>
internal static class ProposeStudy
{
    private const int Solves = 8;

    public static void Run(IReadOnlyList<TreatmentArea> areas)
    {
        VirtualPatient patient = Cases.Patient(1);
        Console.WriteLine("| area | s | processor s | candidates | weighed | verified | full solve s | all by full solves h | ratio | reached | lift error mm |");
        foreach (TreatmentArea area in areas)
        {
            ThreadPlan plan = Cases.Plan(patient, area, ThreadMaterial.Pdo);
            LiftWish[] wish = [.. plan.Targets.Select(target => new LiftWish(target.Landmark, 2))];
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            ProposalDocument document = PlanProposer.Propose(plan, patient.Scan, wish, "plan", new ProposalOptions()).Document;
            double seconds = watch.Elapsed.TotalSeconds;
            double processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            double solve = FullSolveSeconds(plan, document, patient);
            double all = document.Search.Weighed * solve;
            Console.WriteLine(
                $"| {area} | {seconds:0.0} | {processor:0.0} | {document.Search.Candidates} | {document.Search.Weighed} | {document.Search.Verified} | {solve:0.00} | {all / 3600:0.0} | {all / seconds:0} | {document.Front.Max(point => point.Reached):0.00} | {document.Search.LiftErrorMm:0.00} |");
        }
    }

    /// <summary>Mean time of a full solve when the plans of the result follow each other, as in a search by full solves.</summary>
    private static double FullSolveSeconds(ThreadPlan plan, ProposalDocument document, VirtualPatient patient)
    {
        ThreadPlan[] plans = [.. document.Proposals.Select(proposed => plan with { Threads = proposed.Plan.Threads })];
        LiftPreview full = LiftPreview.Prepare(plan with { Threads = [.. plans.SelectMany(each => each.Threads)] }, patient.Scan, "plan", new PreviewOptions { Resolution = PreviewResolution.Full });
        full.Update(plans[0]);
        var watch = Stopwatch.StartNew();
        for (int solve = 0; solve < Solves; solve++)
        {
            full.Update(plans[solve % plans.Length]);
        }

        return watch.Elapsed.TotalSeconds / Solves;
    }
}
