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
        var at = new Option<OffsetDateTime?>("--at")
        {
            Description = "Show what holds at this time instead of the whole.",
            HelpName = "yyyy-MM-ddTHH:mm+hh:mm",
            CustomParser = result =>
            {
                if (OffsetDateTimeJson.TryParse(result.Tokens[0].Value, out OffsetDateTime time))
                {
                    return time;
                }

                result.AddError($"--at: '{result.Tokens[0].Value}' is no time of the form 2026-12-01T08:00+07:00.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "Write the aftercare to the terminal as JSON." };
        Add(file);
        Add(output);
        Add(language);
        Add(at);
        Add(json);
        SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(output), parsed.GetValue(language).Value, parsed.GetValue(at)?.ToInstant(), parsed.GetValue(json)));
    }

    private static void Run(string path, string output, DocumentLanguage language, Instant? at, bool json)
    {
        if (json && at is not null)
        {
            throw new InvalidInputException("--at", null, "--json writes the whole aftercare; leave one of the two out.");
        }

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
            Print(plan, language.Name, at);
            Console.Out.WriteLine();
            Console.Out.WriteLine(string.Join(", ", new[] { SheetFile, CalendarFile, PlanFile }.Select(folder.FinalPathOf)));
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

    private static void Print(AftercarePlan plan, string language, Instant? at)
    {
        string Word(string english, string vietnamese) => language == "vi" ? vietnamese : english;
        IReadOnlyList<AftercareItem> Of(AftercareKind kind) => [.. plan.Items.Where(item => item.Kind == kind)];
        AftercareToday? today = at is { } instant ? AftercareToday.At(plan, instant) : null;
        if (today is not null)
        {
            string date = DocumentLanguage.Of(language).Date(today.Date);
            Console.Out.WriteLine(Word($"Day {today.Day}, {date}", $"Ngày thứ {today.Day}, {date}"));
            Lines(Word("Today", "Hôm nay"), today.Checks.Select(check => check.Says.In(language)));
        }

        Lines(Word("Do", "Nên làm"), (today?.Do ?? Of(AftercareKind.Do)).Select(Line));
        Lines(Word("Do not", "Không làm"), (today?.Avoid ?? Of(AftercareKind.Avoid)).Select(Line));
        Lines(Word("Good to know", "Cần biết"), (today?.Know ?? Of(AftercareKind.Know)).Select(Line));
        if (today is not null)
        {
            Lines(Word("Still to come", "Sắp tới"), today.ToCome.Select(Line));
            Lines(Word("Over", "Đã hết thời hạn"), today.Ended.Select(Line));
            Signs(Word("Usual today", "Thường gặp hôm nay"), SignLevel.Usual);
            Signs(Word("Tell us, within a day", "Báo cho chúng tôi trong ngày"), SignLevel.TellUs);
            Signs(Word($"Call us now: {plan.EmergencyPhone}", $"Gọi ngay cho chúng tôi: {plan.EmergencyPhone}"), SignLevel.Urgent);
            Signs(Word($"Call {plan.Ambulance}", $"Gọi {plan.Ambulance}"), SignLevel.Emergency);
        }

        string Line(AftercareItem item)
        {
            string sources = string.Join(", ", item.Sources.Concat(item.Judgement ? [Word("clinical judgement", "đánh giá lâm sàng")] : []));
            return $"{item.Says.In(language)}: {item.Until.Says.In(language)} [{sources}]{Environment.NewLine}      {item.Why.In(language)}";
        }

        void Signs(string heading, SignLevel level) => Lines(heading, plan.Guide(today.Day, level).Select(sign => sign.Says.In(language)));
    }

    private static void Lines(string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            Console.Out.WriteLine(heading);
            foreach (string line in all)
            {
                Console.Out.WriteLine($"  {line}");
            }
        }
    }
}
