using System.Globalization;
using System.Security.Cryptography;
using Threadwell.Care.Triage;
using Threadwell.Web.Pages;

namespace Threadwell.Web.Registry;

/// <summary>What a column of an export holds.</summary>
internal enum ExportType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with decimals.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>A column of an export.</summary>
/// <param name="Name">Its name (docs/formats/registry.md).</param>
/// <param name="Type">What it holds.</param>
internal sealed record ExportColumn(string Name, ExportType Type);

/// <summary>
/// The treatments of a selection as rows without identity: keys are new in every export, ages are bands, times are months after the treatment, nothing is free text. Who stands out by age, sex, place, area
/// and material among fewer than the least number has those withheld, one after another, until she does not (docs/formats/registry.md).
/// </summary>
internal sealed class RegistryExport
{
    /// <summary>Stands where a value is withheld.</summary>
    public const string Withheld = "withheld";

    private const int KeyBytes = 8;

    // In the order in which they are given up; positions among the columns.
    private static readonly int[] Quasi = [6, 7, 2, 3, 5, 4];

    private RegistryExport(IReadOnlyList<object?[]> rows) => Rows = rows;

    /// <summary>The columns in order.</summary>
    public static IReadOnlyList<ExportColumn> Columns { get; } =
    [
        new("treatment_key", ExportType.Text), new("patient_key", ExportType.Text), new("age_band", ExportType.Text), new("sex", ExportType.Text), new("material", ExportType.Text), new("area", ExportType.Text),
        new("operator_key", ExportType.Text), new("facility_key", ExportType.Text), new("threads", ExportType.Whole),
        new("half_lift_from_months", ExportType.Number), new("half_lift_months", ExportType.Number), new("half_lift_event", ExportType.Flag), new("retreatment_months", ExportType.Number), new("retreatment_event", ExportType.Flag),
        new("lost", ExportType.Flag), new("died", ExportType.Flag), new("complications", ExportType.Text), new("threads_affected", ExportType.Whole),
        .. RegistryReader.Schedule.Select(item => new ExportColumn("answer_" + item.Id, ExportType.Text)),
    ];

    /// <summary>The rows, a value for each column; null where nothing is known. Their order tells nothing.</summary>
    public IReadOnlyList<object?[]> Rows { get; }

    /// <summary>Makes the rows.</summary>
    /// <param name="selection">What is exported; one that is shown.</param>
    public static RegistryExport Of(RegistrySelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        var keys = new Dictionary<(string, string), string>();
        object?[][] rows = [.. selection.Treatments.Select(treatment => Row(treatment, Key))];
        Generalise(rows, selection.Disclosure.Least);
        return new RegistryExport([.. rows.OrderBy(row => (string)row[0]!, StringComparer.Ordinal)]);

        // The same thing has one key in one export, and another one in the next.
        string Key(string kind, string of) => keys.TryGetValue((kind, of), out string? made) ? made : keys[(kind, of)] = NewKey();
    }

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    private static object?[] Row(RegistryTreatment treatment, Func<string, string, string> key) =>
    [
        NewKey(), key("patient", treatment.PatientId.ToString()), treatment.Age, RegistryDimension.Sex.Of(treatment), treatment.Material, treatment.Area,
        key("operator", treatment.Operator), key("facility", treatment.Facility), treatment.Threads,
        treatment.HalfLift?.EntryMonths, treatment.HalfLift?.Months, treatment.HalfLift?.Happened, treatment.Retreatment.Months, treatment.Retreatment.Happened,
        treatment.LostOn is not null, treatment.DiedOn is not null,
        string.Join(';', treatment.Complications.Select(told => string.Create(CultureInfo.InvariantCulture, $"{PageWords.Of(told.Kind)}:{PageWords.Of(told.Severity)}:{told.Months:0.0}"))),
        treatment.Complications.Where(told => told.ThreadId is not null).Select(told => told.ThreadId).Distinct().Count(),
        .. treatment.Levels.Select(level => level == RegistryTreatment.NotAnswered ? null : PageWords.Of((TriageLevel)level)),
    ];

    private static void Generalise(object?[][] rows, int least)
    {
        foreach (int column in Quasi)
        {
            foreach (object?[] row in Small(rows, least).SelectMany(group => group))
            {
                row[column] = Withheld;
            }
        }

        // Those that still stand out have nothing left to withhold, and join the smallest group of the others.
        while (Small(rows, least) is [_, ..])
        {
            IGrouping<string, object?[]>? next = Groups(rows).Where(group => People(group) >= least).MinBy(People);
            if (next is null)
            {
                return;
            }

            foreach (object?[] row in next)
            {
                foreach (int column in Quasi)
                {
                    row[column] = Withheld;
                }
            }
        }
    }

    private static IGrouping<string, object?[]>[] Small(object?[][] rows, int least) => [.. Groups(rows).Where(group => People(group) < least)];

    private static IEnumerable<IGrouping<string, object?[]>> Groups(object?[][] rows) => rows.GroupBy(row => string.Join('|', Quasi.Select(column => row[column])), StringComparer.Ordinal);

    private static int People(IEnumerable<object?[]> group) => group.Select(row => row[1]).Distinct().Count();
}
