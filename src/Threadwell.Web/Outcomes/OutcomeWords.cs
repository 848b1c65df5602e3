using System.Globalization;
using Microsoft.Extensions.Localization;
using Threadwell.Care.Outcomes;
using Threadwell.Care.Rules;
using Threadwell.Care.Suitability;
using Threadwell.Storage.Treatments;
using Threadwell.Web.Forms;
using Threadwell.Web.Pages;
using Threadwell.Web.Text;

namespace Threadwell.Web.Outcomes;

/// <summary>Words that several pages of outcomes share.</summary>
internal static class OutcomeWords
{
    private static readonly IReadOnlyList<Wording> Laxity = [.. RulebookFile.Shipped.Questionnaire.Get("laxity").Choices.Select(choice => choice.Text)];

    private static string Language => CultureInfo.CurrentUICulture.Name;

    /// <summary>The steps of laxity, 0 (none) to 4 (severe): those of the questionnaire.</summary>
    public static IReadOnlyList<int> LaxityGrades { get; } = [.. Enumerable.Range(0, Laxity.Count)];

    /// <summary>What a grade of laxity says; of a grade that the scale lacks, its number.</summary>
    public static string LaxitySays(int grade) => grade >= 0 && grade < Laxity.Count ? Laxity[grade].In(Language) : grade.ToString(CultureInfo.CurrentCulture);

    /// <summary>The step of laxity without its explanation.</summary>
    public static string LaxityName(int grade) => LaxitySays(grade).Split(':')[0];

    /// <summary>What a step of improvement says; a dash where it was not asked.</summary>
    public static string Improvement(int? step) => step is { } value ? ImprovementScale.Says(value).In(Language) : "–";

    /// <summary>The visit of the schedule; empty for none.</summary>
    public static string Scheduled(string id) => FollowUpSchedule.Find(id)?.Text.In(Language) ?? "";

    /// <summary>A thread in a choice: "3: L2 · jawline, left · Product, lot AB".</summary>
    public static string Thread(ImplantedThread thread, IStringLocalizer<TreatmentText> treatment, IStringLocalizer<HomeText> home) =>
        $"{thread.Number}: {(thread.PlannedThreadId is { } planned ? planned + " · " : "")}{home["area." + PageWords.Of(thread.Area)]}, {treatment["side." + PageWords.Of(thread.Side)]} · {thread.ProductName}, {treatment["lot"]} {thread.Lot}";

    /// <summary>A date in words, or a dash.</summary>
    public static string Date(NodaTime.LocalDate? date) => date is { } day ? ClinicDates.ToRead(day) : "–";

    /// <summary>A number of mm with its sign.</summary>
    public static string Signed(double? value) => value is { } number ? Reports.Documents.DocumentLanguage.Of(Language).Number(number, "+0.00;−0.00;0.00") : "–";

    /// <summary>A number with two decimals.</summary>
    public static string Two(double? value) => value is { } number ? Reports.Documents.DocumentLanguage.Of(Language).Number(number, 2) : "–";
}
