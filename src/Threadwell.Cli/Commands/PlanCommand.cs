using System.CommandLine;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Cli.Options;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Reports;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell plan suggest</c>: a standard plan for an area, as a start that the doctor edits.</summary>
internal sealed class PlanCommand : Command
{
    public PlanCommand()
        : base("plan", "Plans.")
    {
        var scanFile = new ScanFileOptions();
        var patient = new PatientOptions();
        Option<string> landmarks = TypedOptions.Path("--landmarks", "Landmarks of the scan, JSON; found from the shape of a head when left out.", required: false);
        var area = new Option<string>("--area") { Description = "Area to treat.", HelpName = string.Join('|', AreaIndication.Names), Required = true };
        Option<Word<ThreadMaterial>> material = TypedOptions.Word(
            "--material",
            "Polymer of the threads.",
            "PDO",
            ("PDO", ThreadMaterial.Pdo),
            ("PLLA", ThreadMaterial.Plla),
            ("PCL", ThreadMaterial.Pcl),
            ("PLCL", ThreadMaterial.Plcl));
        Option<int> seed = TypedOptions.Whole("--seed", "Seed of everything random in the prediction.", int.MinValue, int.MaxValue).Or(1);
        Option<string> output = TypedOptions.Path("--out", "The plan, JSON.", required: true);
        var suggest = new Command("suggest", "Suggests a standard plan for an area of a scan.") { area, landmarks, material, patient.Age, patient.Sex, patient.Laxity, patient.Smoker, seed, output };
        scanFile.AddTo(suggest);
        suggest.SetAction(parsed =>
        {
            PatientDescription described = patient.Read(parsed);
            TreatmentArea treated = AreaIndication.Check(parsed.GetRequiredValue(area), described.Laxity);
            string? landmarkFile = parsed.GetValue(landmarks);
            if (landmarkFile is null && treated is TreatmentArea.Abdomen or TreatmentArea.Breast)
            {
                throw new InvalidInputException("--landmarks", null, "the landmarks of a torso are not found from its shape; give them in a file (docs/formats/plan.md).");
            }

            string scanPath = parsed.GetRequiredValue(scanFile.File);
            string planPath = parsed.GetRequiredValue(output);
            Scan scan = scanFile.Read(parsed);
            ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
            {
                Mesh = scan.Mesh,
                Landmarks = landmarkFile is null ? LandmarkDetector.Detect(scan.Mesh, scanPath) : LandmarkFile.Read(landmarkFile),
                Scan = Reference(scan, scanPath, planPath),
                Patient = described,
                Area = treated,
                Material = parsed.GetValue(material),
                Seed = parsed.GetValue(seed),
            });
            PlanFile.Write(planPath, plan);
            Print(plan, planPath);
        });
        Add(suggest);
    }

    /// <summary>How a plan names its scan: by a path relative to the plan, its hash, and how it is to be read.</summary>
    public static ScanReference Reference(Scan scan, string scanPath, string planPath) => new()
    {
        Path = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(planPath))!, Path.GetFullPath(scanPath)).Replace('\\', '/'),
        Sha256 = PlanFile.Sha256Of(scanPath),
        Unit = scan.Unit,
        Up = scan.Up,
        Front = scan.Front,
    };

    private static void Print(ThreadPlan plan, string planPath)
    {
        Console.Out.WriteLine($"{PlanWords.Of(plan.Area, DocumentLanguage.English)}: {plan.Threads.Count} threads, {PlanWords.Of(plan.Threads[0].Material)}");
        foreach (PlannedThread thread in plan.Threads)
        {
            Console.Out.WriteLine($"  {thread.Id,-4} {PlanWords.LengthMm(thread),4:0} mm long, {thread.DepthMm:0.0} mm deep, {PlanWords.Tension(thread, DocumentLanguage.English)}");
        }

        foreach (string warning in plan.Warnings)
        {
            Console.Out.WriteLine($"  ! {warning}");
        }

        Console.Out.WriteLine(planPath);
    }
}
