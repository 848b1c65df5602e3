using System.CommandLine;
using System.Globalization;
using System.Text;
using Spectre.Console;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;
using Threadwell.Plans.Suggestion;
using Threadwell.Prediction;
using Threadwell.Reports;
using Threadwell.Reports.Documents;
using Threadwell.Reports.Pages;
using Threadwell.Reports.Surfaces;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell propose SCAN|PLAN --lift jowl=2 --out DIR</c>: plans for a wish, within hard limits, with reasons.</summary>
internal sealed class ProposeCommand : Command
{
    private const string JsonFile = "proposals.json";
    private const string PageFile = "proposals.html";

    private readonly Argument<string> input = new("input") { Description = "A scan (OBJ, PLY, STL or GLB), or a plan (JSON), whose area, patient and thread are used then." };
    private readonly Option<string[]> lift = new("--lift") { Description = "Lift wished at a landmark in mm: jowl=2, or jowl.left=2 for one side; may be given more than once.", HelpName = "landmark=mm", Required = true };
    private readonly Option<string> area = new("--area") { Description = "Area to treat; needed with a scan.", HelpName = string.Join('|', AreaIndication.Names) };
    private readonly Option<string> landmarks = TypedOptions.Path("--landmarks", "Landmarks of the scan, JSON; found from the shape of a head when left out.", required: false);
    private readonly Option<Word<ThreadMaterial>> material = TypedOptions.Word(
        "--material", "Polymer of the threads.", "PDO", ("PDO", ThreadMaterial.Pdo), ("PLLA", ThreadMaterial.Plla), ("PCL", ThreadMaterial.Pcl), ("PLCL", ThreadMaterial.Plcl));

    private readonly Option<int> threads = TypedOptions.Whole("--threads", "Threads of execution; the result does not depend on it.", 1, 256).Or(Environment.ProcessorCount);
    private readonly Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the page.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
    private readonly Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
    private readonly PatientOptions patient = new();
    private readonly ScanReadingOptions reading = new();

    public ProposeCommand()
        : base("propose", $"Proposes plans for a wished lift within hard limits, with the reason of every thread: {JsonFile}, {PageFile} and a plan file each.")
    {
        Add(input);
        foreach (Option option in new Option[] { lift, area, landmarks, material, patient.Age, patient.Sex, patient.Laxity, patient.Smoker, threads, language, output })
        {
            Add(option);
        }

        reading.AddTo(this);
        SetAction(async (parsed, cancellation) =>
        {
            (string Name, double Mm)[] wished = [.. parsed.GetRequiredValue(lift).Select(Wished)];
            string path = parsed.GetRequiredValue(input);
            bool planned = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
            if (planned && new Option[] { area, landmarks, material, patient.Age, patient.Sex, patient.Laxity, patient.Smoker }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } ignored)
            {
                throw new InvalidInputException(ignored.Name, null, "a plan names that itself: leave it out, or give the scan.");
            }

            TreatmentArea? treated = planned ? null : Area(parsed);
            using var folder = new OutputFolder(parsed.GetRequiredValue(output));
            (ThreadPlan plan, Func<IProgress<CourseProgress>, TriangleMesh> scan) = planned ? FromPlan(path, folder) : FromScan(parsed, path, treated!.Value, folder);
            var set = new LandmarkSet(plan.Landmarks);
            LiftWish[] wish = [.. wished.SelectMany(one => LiftWish.Of(one.Name, one.Mm, set))];
            PlanProposals proposals = await ProgressDisplay.RunAsync(
                progress => PlanProposer.Propose(plan, scan(progress), wish, path, new ProposalOptions { Threads = parsed.GetValue(threads) }, progress, cancellation), cancellation);
            File.WriteAllBytes(folder.PathOf(JsonFile), PlanJson.ToBytes(proposals.Document));
            File.WriteAllText(folder.PathOf(PageFile), ProposalsPage.Render(proposals.Document, LiftPicture.RenderEach(proposals, parsed.GetValue(language).Value), parsed.GetValue(language).Value), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            foreach (ProposedPlan proposed in proposals.Document.Proposals)
            {
                PlanFile.Write(folder.PathOf(FileOf(proposed.Kind)), proposed.Plan);
            }

            folder.Commit([.. Enum.GetValues<ProposalKind>().Select(FileOf)]);
            Print(proposals.Document, folder);
        });
    }

    private static string FileOf(ProposalKind kind) => kind switch
    {
        ProposalKind.FewestThreads => "plan-fewest-threads.json",
        ProposalKind.Balanced => "plan-balanced.json",
        _ => "plan-most-lift.json",
    };

    private static (string Name, double Mm) Wished(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && double.TryParse(text.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double mm)
            ? (text[..equals], mm)
            : throw new InvalidInputException("--lift", null, $"'{text}' is no wish; give a landmark and mm, as in jowl=2.");
    }

    private TreatmentArea Area(ParseResult parsed) => AreaIndication.Check(
        parsed.GetValue(area) ?? throw new InvalidInputException("--area", null, $"a scan needs an area: {string.Join(", ", AreaIndication.Names)}."), parsed.GetValue(patient.Laxity).Value);

    private static (ThreadPlan Plan, Func<IProgress<CourseProgress>, TriangleMesh> Scan) FromPlan(string path, OutputFolder folder)
    {
        ThreadPlan plan = PlanFile.Read(path);
        AreaIndication.CheckLaxity(plan.Patient.Laxity);
        string scan = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(folder.FinalPathOf(JsonFile)))!, Path.GetFullPath(PlanFile.ScanPath(path, plan))).Replace('\\', '/');
        return (plan with { Scan = plan.Scan with { Path = scan } }, progress => CoursePredictor.ReadScan(path, plan, progress));
    }

    private (ThreadPlan Plan, Func<IProgress<CourseProgress>, TriangleMesh> Scan) FromScan(ParseResult parsed, string path, TreatmentArea treated, OutputFolder folder)
    {
        string? landmarkFile = parsed.GetValue(landmarks);
        if (landmarkFile is null && treated is TreatmentArea.Abdomen or TreatmentArea.Breast)
        {
            throw new InvalidInputException("--landmarks", null, "the landmarks of a torso are not found from its shape; give them in a file (docs/formats/plan.md).");
        }

        Scan scan = reading.Read(parsed, path);
        ThreadPlan plan = StandardPlan.Suggest(new StandardPlanRequest
        {
            Mesh = scan.Mesh,
            Landmarks = landmarkFile is null ? LandmarkDetector.Detect(scan.Mesh, path) : LandmarkFile.Read(landmarkFile),
            Scan = PlanCommand.Reference(scan, path, folder.FinalPathOf(JsonFile)),
            Patient = patient.Read(parsed),
            Area = treated,
            Material = parsed.GetValue(material),
        });
        return (plan, _ => scan.Mesh);
    }

    private static void Print(ProposalDocument document, OutputFolder folder)
    {
        DocumentLanguage english = DocumentLanguage.English;
        IReadOnlyList<IReadOnlyList<string>> rows = ProposalWords.Rows(document, english);
        Table table = ConsoleTable.New([.. rows[0]]);
        foreach (IReadOnlyList<string> row in rows.Skip(1).Append(["plan", .. document.Proposals.Select(proposed => folder.FinalPathOf(FileOf(proposed.Kind)))]))
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        ConsoleTable.Write(table, 160);
        Console.Out.WriteLine("  " + ProposalWords.Met(document, english));
        Console.Out.WriteLine($"Report: {folder.FinalPathOf(PageFile)}");
    }
}
