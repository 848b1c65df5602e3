using System.Globalization;
using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Care.Risks;
using Threadwell.Evidence;
using Threadwell.Plans;
using Threadwell.Reports.Documents;
using Threadwell.Web.Consents;
using Threadwell.Web.Text;

namespace Threadwell.Web.Consultation;

/// <summary>
/// What a patient is told, in plain words and with the sources: the same in a consultation and in her consent. It follows from her own plan, its prediction where one is shown,
/// and the catalogue of evidence.
/// </summary>
internal sealed class PatientInformation
{
    private const double MonthsPerYear = 12;

    /// <summary>Month at which patients' views open: the day of treatment would promise more than a patient keeps.</summary>
    public const double OpeningMonth = 6;

    private readonly ConsentSubject subject;
    private readonly DocumentLanguage language;
    private readonly LanguageTexts texts;

    private PatientInformation(ConsentSubject subject, string language)
    {
        this.subject = subject;
        this.language = DocumentLanguage.Of(language);
        texts = new LanguageTexts(typeof(InformationText), language);
    }

    /// <summary>All sections.</summary>
    /// <param name="subject">Whom and what it is about.</param>
    /// <param name="language">"en" or "vi".</param>
    public static IReadOnlyList<DocumentSection> Sections(ConsentSubject subject, string language)
    {
        var information = new PatientInformation(subject, language);
        return [.. information.All().Where(section => section.Blocks.Count > 0)];
    }

    private IEnumerable<DocumentSection> All()
    {
        yield return Section("what", new ParagraphBlock(texts["what.threads"]), new ParagraphBlock(texts["what.collagen"]));
        yield return new DocumentSection(texts["plan"], [.. Plan()]);
        yield return Section("advantages", List("advantages.needle", "advantages.pain", "advantages.scar", "advantages.recovery"));
        yield return Section("expect", List("expect.marks", "expect.swelling", "expect.bruising", "expect.pain", "expect.dimples", "expect.work", "expect.activity"));
        yield return new DocumentSection(texts["lasts"], [.. Lasts()]);
        yield return new DocumentSection(texts["dissolve"], [.. Dissolving()]);
        yield return new DocumentSection(texts["risks"], [new ParagraphBlock(texts["risks.lead"]), .. RiskSection.Blocks(Complications, subject.Course?.Dimpling?.Largest, language)]);
        yield return new DocumentSection(texts["without"], [.. Without()]);
        yield return Section("alternatives", List("alternatives.nothing", "alternatives.surgery", "alternatives.others"));
        yield return Section("aftercare", List(IsTorso ? "after.body" : "after.face", "after.habits", "after.weeks", "after.visits"));
        yield return new DocumentSection(texts["call"], [.. Call()]);
    }

    private bool IsTorso => subject.Groups.Any(group => group.Area is TreatmentArea.Breast or TreatmentArea.Abdomen);

    // An outline has no age, no anchors and maybe several areas: what is not known is left open.
    private ComplicationCase Complications => subject.Threads is { } threads ? ComplicationCase.Of(threads) : new ComplicationCase
    {
        Area = OnlyOne(subject.Groups.Select(group => (TreatmentArea?)group.Area)),
        Material = OnlyOne(subject.Groups.Select(group => (ThreadMaterial?)group.Material)),
    };

    private static T? OnlyOne<T>(IEnumerable<T?> values)
        where T : struct
    {
        T?[] different = [.. values.Distinct()];
        return different.Length == 1 ? different[0] : null;
    }

    private IEnumerable<DocumentBlock> Plan()
    {
        if (!subject.HasPlan)
        {
            yield break;
        }

        yield return new ParagraphBlock(subject.Version is { } version ? texts["planned.version", subject.Plan!.Name, version.Number] : texts["planned.outline", subject.Outline!.Number]);
        yield return new TableBlock(
            [texts["planned.area"], texts["planned.material"], texts["planned.count"]],
            [.. subject.Groups.Select(group => new[] { AreaWords.Name(group.Area, group.Left, language), MaterialWords.Name(group.Material, language), group.Count.ToString(CultureInfo.InvariantCulture) })]);
        if (IsTorso)
        {
            yield return new ParagraphBlock(texts["planned.unmeasured"]);
        }
    }

    private IEnumerable<DocumentBlock> Lasts()
    {
        Fact advice = EvidenceCatalogue.Get("outcome.duration-of-effect-doctors-advice");
        Fact measured = EvidenceCatalogue.Get("outcome.duration-of-lift-published");
        yield return new ParagraphBlock(texts["lasts.two"]);
        yield return new ParagraphBlock(texts["lasts.advice", Number(advice.Low!.Value), Number(advice.High!.Value), advice.Id, Number(measured.Low!.Value), Number(measured.High!.Value), measured.Id]);
        yield return new ParagraphBlock(texts["lasts.support"]);
        yield return new ParagraphBlock(texts["lasts.return"]);
        if (subject.Course is { } course)
        {
            PredictionSummary summary = course.Summary;
            var mean = new MeanPatientCourse(course);
            yield return new ParagraphBlock(texts["lasts.estimate"]);
            yield return new ParagraphBlock(texts["lasts.lift", language.Number(summary.LiftNowMm, 1), language.Number(mean.LiftAt(OpeningMonth), 1), Months(summary.LiftHalfLifeMonths, summary), Months(summary.LiftEndMonths, summary)]);
            yield return new ParagraphBlock(texts["lasts.gain", language.Number(100 * mean.LargestGain, 0), Months(summary.SupportHalfLifeMonths, summary)]);
            yield return new ParagraphBlock(texts["lasts.vary"]);
        }
    }

    private IEnumerable<DocumentBlock> Dissolving()
    {
        string[] lines = [.. subject.Groups.Select(group => group.Material).Distinct().Order().Select(Line)];
        return lines.Length == 0 ? [] : [new ListBlock(lines)];

        string Line(ThreadMaterial material) => MaterialWords.Fact(material) is { } fact
            ? texts["dissolve.line", MaterialWords.Name(material, language), MaterialWords.Resorption(material, language), fact.Id]
            : texts["dissolve.unknown", MaterialWords.Name(material, language), MaterialWords.Resorption(material, language)];
    }

    private IEnumerable<DocumentBlock> Without()
    {
        yield return new ParagraphBlock(texts["without.course"]);
        if (subject.Course is { } course)
        {
            var mean = new MeanPatientCourse(course);
            yield return new ParagraphBlock(texts["without.estimate", language.Number(Math.Max(0, -mean.UntreatedAtEnd), 1), Number(course.Summary.SimulatedMonths / MonthsPerYear)]);
        }

        yield return new ParagraphBlock(texts["without.fine"]);
    }

    private IEnumerable<DocumentBlock> Call()
    {
        yield return new ParagraphBlock(texts["call.signs"]);
        yield return new ParagraphBlock(texts["call.emergency"]);
        if (subject.Clinic.Phone.Length > 0)
        {
            yield return new ParagraphBlock(texts["call.phone", subject.Clinic.Phone]);
        }
    }

    private DocumentSection Section(string heading, params IReadOnlyList<DocumentBlock> blocks) => new(texts[heading], blocks);

    private ListBlock List(params IReadOnlyList<string> keys) => new([.. keys.Select(key => texts[key])]);

    private string Months(double? months, PredictionSummary summary) =>
        months is { } value ? texts["months", language.Number(value, value < MonthsPerYear ? 1 : 0)] : texts["months.never", Number(summary.SimulatedMonths)];

    private string Number(double value) => language.Number(value);
}
