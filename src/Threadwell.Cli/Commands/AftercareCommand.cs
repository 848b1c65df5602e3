using System.CommandLine;
using System.Text;
using NodaTime;
using Threadwell.Care.Aftercare;
using Threadwell.Cli.Options;
using Threadwell.Cli.Output;
using Threadwell.Geometry;
using Threadwell.Reports.Documents;

namespace Threadwell.Cli.Commands;

/// <summary><c>threadwell aftercare TREATMENT.json --out DIR</c>: the first weeks after a treatment as a file, a calendar and a printed sheet; no server, no database.</summary>
internal sealed class AftercareCommand : Command
{
    private const string FileName = "aftercare";
    private const string PlanFile = FileName + ".json";
    private const string CalendarFile = FileName + ".ics";
    private const string SheetFile = FileName + ".pdf";

    public AftercareCommand()
        : base(FileName, "What a patient does and leaves after a treatment, dated, with why and source: aftercare.json, aftercare.ics, aftercare.pdf.")
    {
        var file = new Argument<string>("treatment") { Description = "The treatment, JSON (docs/formats/aftercare.md)." };
        Option<string> output = TypedOptions.Path("--out", "Folder to write to.", required: true, "folder");
        Option<Word<DocumentLanguage>> language = TypedOptions.Word("--language", "Language of the calendar and the sheet.", "en", ("en", DocumentLanguage.English), ("vi", DocumentLanguage.Vietnamese));
        var json = new Option<bool>("--json") { Description = "Write the aftercare to the terminal as JSON." };
        Add(file);
        Add(output);
        Add(language);
        Add(json);
        SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(language).Value, parsed.GetValue(json)));
    }

    private static void Run(string path, string output, DocumentLanguage language, bool json)
    {
        TreatmentFile treatment = TreatmentFile.Parse(InputFile.Read(path), path);
        AftercarePlan plan = AftercareGenerator.Generate(AftercareRulebookFile.Shipped, treatment.Facts, path);
        Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        byte[] content = plan.ToJson();
        using var folder = new OutputFolder(output);
        File.WriteAllBytes(folder.PathOf(PlanFile), content);
        File.WriteAllBytes(folder.PathOf(CalendarFile), AftercareCalendar.Write(plan, language.Name, treatment.CheckIn, now));
        File.WriteAllBytes(folder.PathOf(SheetFile), Sheet(treatment, plan, language, now, path));
        folder.Commit();
        if (json)
        {
            Console.Out.Write(Encoding.UTF8.GetString(content));
        }
        else
        {
            Print(plan, language.Name, folder);
        }
    }

    private static byte[] Sheet(TreatmentFile treatment, AftercarePlan plan, DocumentLanguage language, Instant now, string path)
    {
        var facts = new DocumentFacts(
            language,
            new ClinicDetails(treatment.Clinic.Name, treatment.Clinic.Address, plan.EmergencyPhone),
            now.InZone(treatment.Facts.Zone).ToOffsetDateTime(),
            treatment.IsDemonstration);
        try
        {
            return AftercareSheet.Write(facts, new PersonDetails(treatment.Patient.Name, treatment.Patient.BirthDate, treatment.Patient.Record), plan, treatment.CheckIn);
        }
        catch (ArgumentException error)
        {
            throw new InvalidInputException(path, null, "the aftercare does not fit one side of A4; name fewer or shorter medicines and entries.", error);
        }
    }

    private static void Print(AftercarePlan plan, string language, OutputFolder folder)
    {
        bool vi = language == "vi";
        foreach ((AftercareKind kind, string heading) in new[] { (AftercareKind.Do, vi ? "Nên làm" : "Do"), (AftercareKind.Avoid, vi ? "Không làm" : "Do not"), (AftercareKind.Know, vi ? "Cần biết" : "Good to know") })
        {
            Console.Out.WriteLine(heading);
            foreach (AftercareItem item in plan.Items.Where(item => item.Kind == kind))
            {
                string sources = string.Join(", ", item.Sources.Concat(item.Judgement ? [vi ? "đánh giá lâm sàng" : "clinical judgement"] : []));
                Console.Out.WriteLine($"  {item.Says.In(language)}: {item.Until.Says.In(language)} [{sources}]");
            }
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine(string.Join(vi ? " và " : " and ", new[] { SheetFile, CalendarFile }.Select(folder.FinalPathOf)));
    }
}
