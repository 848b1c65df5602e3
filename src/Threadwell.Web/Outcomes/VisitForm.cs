using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using NodaTime;
using Threadwell.Anatomy;
using Threadwell.Care.Outcomes;
using Threadwell.Plans.Files;
using Threadwell.Storage.Outcomes;
using Threadwell.Web.Forms;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>A visit as it was typed.</summary>
public sealed class VisitForm
{
    /// <summary>Rows for readings of the skin.</summary>
    public const int ReadingRows = 4;

    private static readonly JsonSerializerOptions Kept = new(PlanJson.Options) { WriteIndented = false };

    /// <summary>The day; asked of a new visit alone.</summary>
    public string? Day { get; set; }

    /// <summary>Key of the scan of that day; empty for none.</summary>
    public string? Scan { get; set; }

    /// <summary>How the doctor sees it, 1 to 5.</summary>
    public string? Doctor { get; set; }

    /// <summary>How the patient sees it, 1 to 5.</summary>
    public string? Patient { get; set; }

    /// <summary>Grades of laxity, in the order of the treatment's areas.</summary>
    [AllowNull]
    public List<LaxityRow> Laxity { get; set => field = value ?? []; } = [];

    /// <summary>Readings.</summary>
    [AllowNull]
    public List<ReadingRow> Readings { get; set => field = value ?? []; } = [];

    /// <summary>Note.</summary>
    public string? Note { get; set; }

    /// <summary>Revision that the form was filled from.</summary>
    public long Revision { get; set; }

    /// <summary>Reads grades that a visit keeps.</summary>
    public static IReadOnlyDictionary<TreatmentArea, int> Grades(string json) =>
        json.Length == 0 ? new Dictionary<TreatmentArea, int>() : JsonSerializer.Deserialize<Dictionary<TreatmentArea, int>>(json, Kept)!;

    /// <summary>Reads readings that a visit keeps.</summary>
    public static IReadOnlyList<CutometerReading> ReadingsOf(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize<List<CutometerReading>>(json, Kept)!;

    /// <summary>Readings as a visit keeps them.</summary>
    public static string ToJson(IReadOnlyList<CutometerReading> readings) => readings.Count == 0 ? "" : JsonSerializer.Serialize(readings, Kept);

    /// <summary>Grades as a visit keeps them.</summary>
    public static string ToJson(IReadOnlyDictionary<TreatmentArea, int> grades) => grades.Count == 0 ? "" : JsonSerializer.Serialize(grades, Kept);

    /// <summary>A form for the areas of a treatment, empty or filled from a visit.</summary>
    public static VisitForm Of(VisitSubject subject, FollowUpVisit? visit)
    {
        IReadOnlyDictionary<TreatmentArea, int> grades = Grades(visit?.LaxityJson ?? "");
        IReadOnlyList<CutometerReading> readings = ReadingsOf(visit?.CutometerJson ?? "");
        return new VisitForm
        {
            Day = ClinicDates.ToType(visit?.Day ?? subject.Today),
            Scan = visit?.ScanId?.ToString(),
            Doctor = Typed(visit?.DoctorImprovement),
            Patient = Typed(visit?.PatientImprovement),
            Laxity = [.. subject.Areas.Select(area => new LaxityRow { Grade = grades.TryGetValue(area, out int grade) ? Typed(grade) : "" })],
            Readings = [.. readings.Select(ReadingRow.Of), .. Enumerable.Range(0, Math.Max(0, ReadingRows - readings.Count)).Select(_ => new ReadingRow())],
            Note = visit?.Note,
            Revision = visit?.Revision ?? 0,
        };
    }

    /// <summary>What is wrong with it, a sentence a field.</summary>
    /// <param name="subject">Whose visit it is.</param>
    /// <param name="own">The visit that is changed; null for a new one.</param>
    /// <param name="text">The texts.</param>
    public FieldProblems Check(VisitSubject subject, FollowUpVisit? own, IStringLocalizer<OutcomeText> text)
    {
        var problems = new FieldProblems();
        if (own is null)
        {
            LocalDate? day = ClinicDates.Read(Day);
            Need(nameof(Day), day is not null, "problem.date");
            Need(nameof(Day), !(day < subject.Treated), "problem.onset.treatment", ClinicDates.ToRead(subject.Treated));
            Need(nameof(Day), !(day > subject.Today), "problem.future");
            Need(nameof(Day), day is null || subject.Visits.All(visit => visit.Day != day), "problem.visit.twice");
        }

        Need(nameof(Scan), string.IsNullOrEmpty(Scan) || subject.Scans.Any(scan => scan.Id.ToString() == Scan), "problem.scan");
        Need(nameof(Doctor), string.IsNullOrEmpty(Doctor) || IsStep(Doctor), "problem.step");
        Need(nameof(Patient), string.IsNullOrEmpty(Patient) || IsStep(Patient), "problem.step");
        for (int index = 0; index < Laxity.Count; index++)
        {
            Need($"Laxity[{index}]", string.IsNullOrEmpty(Laxity[index].Grade) || (int.TryParse(Laxity[index].Grade, out int grade) && OutcomeWords.LaxityGrades.Contains(grade)), "problem.step");
        }

        for (int index = 0; index < Readings.Count; index++)
        {
            if (Readings[index].Problem(text) is { } problem)
            {
                problems.Add($"Readings[{index}]", problem);
            }
        }

        return problems;

        void Need(string field, bool fine, string problem, params object[] values)
        {
            if (!fine)
            {
                problems.Add(field, text[problem, values]);
            }
        }
    }

    /// <summary>Writes what was typed, once it was checked. Another scan takes the measurement of the old one with it.</summary>
    /// <returns>Whether there is a scan that has to be measured.</returns>
    public bool WriteTo(FollowUpVisit visit, VisitSubject subject)
    {
        Guid? scan = Guid.TryParse(Scan, out Guid key) ? key : null;
        bool other = scan != visit.ScanId;
        if (other)
        {
            visit.ScanId = scan;
            (visit.MeasurementSha256, visit.LiftMm, visit.LiftErrorMm) = ("", null, null);
        }

        visit.DoctorImprovement = Step(Doctor);
        visit.PatientImprovement = Step(Patient);
        var grades = new SortedDictionary<TreatmentArea, int>();
        for (int index = 0; index < Math.Min(Laxity.Count, subject.Areas.Count); index++)
        {
            if (int.TryParse(Laxity[index].Grade, out int grade))
            {
                grades[subject.Areas[index]] = grade;
            }
        }

        visit.LaxityJson = ToJson(grades);
        visit.CutometerJson = ToJson([.. Readings.Select(row => row.ToReading()).OfType<CutometerReading>()]);
        visit.Note = (Note ?? "").Trim();
        return other && scan is not null;
    }

    private static string Typed(int? step) => step?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static int? Step(string? typed) => int.TryParse(typed, out int step) ? step : null;

    private static bool IsStep(string? typed) => Step(typed) is >= ImprovementScale.Best and <= ImprovementScale.Worst;
}

/// <summary>A grade of laxity as it was typed.</summary>
public sealed class LaxityRow
{
    /// <summary>0 to 4; empty for none.</summary>
    public string? Grade { get; set; }
}

/// <summary>A reading of the skin as it was typed.</summary>
public sealed class ReadingRow
{
    /// <summary>Where.</summary>
    public string? Site { get; set; }

    /// <summary>Opening of the probe, mm.</summary>
    public string? Probe { get; set; }

    /// <summary>Height of the dome, mm.</summary>
    public string? R0 { get; set; }

    /// <summary>Gross elasticity.</summary>
    public string? R2 { get; set; }

    /// <summary>Net elasticity.</summary>
    public string? R5 { get; set; }

    /// <summary>What comes back at once.</summary>
    public string? R7 { get; set; }

    private string?[] Values => [R0, R2, R5, R7];

    private bool IsEmpty => string.IsNullOrWhiteSpace(Site) && Values.All(string.IsNullOrWhiteSpace);

    /// <summary>A reading in the form.</summary>
    public static ReadingRow Of(CutometerReading reading) => new()
    {
        Site = reading.Site,
        Probe = reading.ProbeMm.ToString(System.Globalization.CultureInfo.InvariantCulture),
        R0 = Typed(reading.R0Mm),
        R2 = Typed(reading.R2),
        R5 = Typed(reading.R5),
        R7 = Typed(reading.R7),
    };

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Problem(IStringLocalizer<OutcomeText> text)
    {
        if (IsEmpty)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(Site))
        {
            return text["problem.site"];
        }

        if (Values.Any(value => { _ = TypedNumbers.Read(value, out bool readable); return !readable; }))
        {
            return text["problem.number"];
        }

        return ToReading() is not { } reading ? text["problem.probe"].Value
            : Values.All(string.IsNullOrWhiteSpace) ? text["problem.reading.empty"].Value
            : reading.Problems() is [var first, ..] ? text["problem.reading." + first, reading.ProbeMm].Value
            : null;
    }

    /// <summary>The reading; null where nothing was typed or the probe is not known.</summary>
    public CutometerReading? ToReading() => !IsEmpty && int.TryParse(Probe, out int probe) && CutometerReading.Probes.Contains(probe)
        ? new CutometerReading((Site ?? "").Trim(), probe, TypedNumbers.Read(R0, out _), TypedNumbers.Read(R2, out _), TypedNumbers.Read(R5, out _), TypedNumbers.Read(R7, out _))
        : null;

    private static string Typed(double? number) => number?.ToString("0.###", System.Globalization.CultureInfo.CurrentCulture) ?? "";
}
