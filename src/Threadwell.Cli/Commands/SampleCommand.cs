using System.CommandLine;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell sample</c>: patient, plan and prediction on a sample patient, so that a newcomer to the terminal sees the whole way at once.</summary>
internal sealed class SampleCommand : Command
{
    private static readonly VirtualPatientTraits Patient = new() { AgeYears = 52, Sex = Sex.Female, Laxity = Laxity.Moderate, Seed = 1 };
    private static readonly string Folder = Path.Combine("out", "sample");

    public SampleCommand()
        : base("sample", $"The whole way on a sample patient; the report lies in {Folder} afterwards.") => SetAction((_, cancellation) => RunAsync(cancellation));

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        Console.Error.WriteLine("Sample patient: a made-up woman of 52, moderate laxity; jawline, PDO threads. 'threadwell --help' lists the commands.");
        using var folder = new OutputFolder(Folder);
        PatientCommand.Write(VirtualPatient.Create(Patient), folder);
        cancellation.ThrowIfCancellationRequested();

        string scanPath = folder.PathOf(PatientCommand.GlbFile);
        string planPath = folder.PathOf("plan.json");
        Scan scan = ScanReader.Read(scanPath);
        PlanFile.Write(planPath, StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = scan.Mesh,
            Landmarks = LandmarkFile.Read(folder.PathOf(PatientCommand.LandmarksFile)),
            Scan = PlanCommand.Reference(scan, scanPath, planPath),
            Patient = new PatientDescription { AgeYears = Patient.AgeYears, Sex = Patient.Sex, Laxity = Patient.Laxity },
            Area = TreatmentArea.Jawline,
            Material = ThreadMaterial.Pdo,
        }));
        CoursePrediction prediction = await PredictCommand.RunAsync(planPath, new PredictionOptions(), folder, DocumentLanguage.English, cancellation);
        folder.Commit();
        PredictionOutput.Print(prediction, folder);
        return 0;
    }
}
