using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Threadwell.Anatomy;
using Threadwell.Care.Rules;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans.Files;

namespace Threadwell.Care.Aftercare;

/// <summary>Reads, checks and writes the rules of aftercare (<c>docs/formats/aftercare.md</c>).</summary>
public static class AftercareRulebookFile
{
    /// <summary>Version of the file form that is written and read.</summary>
    public const int SchemaVersion = 1;

    // Bounds that keep nonsense and hostile files out.
    private const int MostEntries = 500;
    private const int LongestDays = 3650;
    private const int LongestHours = 24 * 60;
    private const int LongestMonths = 120;

    // What a rule leaves out is left out, so that a person reads what it says.
    private static readonly JsonSerializerOptions Written = new(PlanJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static readonly Lazy<AftercareRulebook> Embedded = new(ReadShipped);

    private static readonly Lazy<FrozenSet<string>> Rows = new(() => EvidenceCatalogue.Rows.Select(row => row.Id).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The rules that the product ships; a clinic's doctor signs them off before use.</summary>
    public static AftercareRulebook Shipped => Embedded.Value;

    /// <summary>Reads the content of a file of rules.</summary>
    /// <param name="utf8">The content.</param>
    /// <param name="source">What an error message names as its source.</param>
    /// <exception cref="InvalidInputException">It does not hold together; the message names the place.</exception>
    public static AftercareRulebook Parse(ReadOnlySpan<byte> utf8, string source)
    {
        AftercareRulebook rulebook = PlanJson.Parse<AftercareRulebook>(utf8, source);
        new Check(new RuleFileProblem(source)).All(rulebook);
        return rulebook;
    }

    /// <summary>The file form of the rules, UTF-8; the same rules give the same bytes.</summary>
    public static byte[] ToBytes(AftercareRulebook rulebook) => [.. JsonSerializer.SerializeToUtf8Bytes(rulebook, Written), (byte)'\n'];

    private static AftercareRulebook ReadShipped()
    {
        const string name = "Threadwell.Care.Aftercare.aftercare.json";
        using Stream stream = typeof(AftercareRulebookFile).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Parse(copy.ToArray(), "aftercare.json");
    }

    private sealed class Check(RuleFileProblem problem)
    {
        public void All(AftercareRulebook rulebook)
        {
            problem.Require(rulebook.SchemaVersion == SchemaVersion, "schemaVersion", $"version {rulebook.SchemaVersion} is not known; this program reads version {SchemaVersion}.");
            problem.Require(rulebook.Version >= 1, "version", "a whole number from 1 is needed.");
            problem.RequireText(rulebook.Title, "title");
            Each(rulebook.Rules, "rules", rule => rule.Id, Rule);
            problem.Require(rulebook.Rules.Count(rule => rule.Until.End == AftercareEnd.Ordered) == 1, "rules", "exactly one rule must end as 'ordered'; it stands for every medicine.");
            Each(rulebook.Checks, "checks", check => check.Id, CheckDays);
            Each(rulebook.Signs, "signs", sign => sign.Id, Sign);
            Guide(rulebook);
            Each(rulebook.DrugFamilies, "drugFamilies", family => family.Id, (family, place) => Family(family, place, rulebook.DrugFamilies));
        }

        private void Each<T>(IReadOnlyList<T> entries, string list, Func<T, string> idOf, Action<T, string> check)
        {
            problem.Require(entries.Count is >= 1 and <= MostEntries, list, $"1 to {MostEntries} entries are needed.");
            var ids = new HashSet<string>(StringComparer.Ordinal);
            for (int index = 0; index < entries.Count; index++)
            {
                string place = $"{list}[{index}]";
                problem.Require(entries[index] is not null, place, "an entry is needed.");
                string id = idOf(entries[index]);
                problem.RequireId(id, $"{place}.id");
                problem.Require(ids.Add(id), $"{place}.id", $"'{id}' is used twice.");
                check(entries[index], place);
            }
        }

        private void Rule(AftercareRule rule, string place)
        {
            Areas(rule.Areas, $"{place}.areas");
            problem.Require(rule.Helmet is null || (rule.Helmet.Count > 0 && rule.Helmet.Distinct().Count() == rule.Helmet.Count), $"{place}.helmet", "at least one answer is needed, each once; leave it out where the helmet plays no part.");
            bool counted = rule.Until.IsCounted;
            problem.Require(counted == rule.Until.Length is not null, $"{place}.until.length", "hours, days, nights and closed are counted; no other end is.");
            problem.Require(counted == rule.Minimum is not null, $"{place}.minimum", "a counted end needs the shortest that a clinic may set; no other end has one.");
            if (rule.Minimum is { } minimum)
            {
                int longest = Longest(rule.Until.End);
                problem.Require(rule.Until.Length >= 0 && rule.Until.Length <= longest, $"{place}.until.length", $"0 to {longest} are possible.");
                problem.Require(minimum.Length >= 0 && minimum.Length <= rule.Until.Length, $"{place}.minimum.length", "the shortest lies from 0 to the length of the rule.");
                Sources(minimum.Sources, $"{place}.minimum.sources");
            }

            problem.Require(rule.Range is null || (counted && rule.Range.Low >= 0 && rule.Range.Low <= rule.Range.High), $"{place}.range", "only a counted end has a range, and its low end is not above the high one.");
            problem.RequireText(rule.Says, $"{place}.says");
            problem.RequireText(rule.Why, $"{place}.why");
            Sources(rule.Sources, $"{place}.sources");
            problem.Require(rule.Range is null || rule.Sources.Count > 0, $"{place}.range", "a range comes from sources; name them.");
            bool carried = rule.Sources.Count > 0 && (!counted || (rule.Range is { } range && rule.Until.Length >= range.Low && rule.Until.Length <= range.High));
            problem.Require(rule.Judgement || carried, $"{place}.judgement", "without a source that gives its length, a rule rests on clinical judgement and must say so (true).");
        }

        private void CheckDays(CheckRule check, string place)
        {
            Ascending(check.Days, 0, LongestDays, $"{place}.days");
            Ascending(check.Months, 1, LongestMonths, $"{place}.months");
            problem.Require(check.Days.Count + check.Months.Count > 0, place, "at least one day is needed.");
            problem.RequireText(check.Says, $"{place}.says");
            problem.RequireText(check.Why, $"{place}.why");
            Sources(check.Sources, $"{place}.sources");
            problem.Require(check.Judgement || check.Sources.Count > 0, $"{place}.judgement", "without a source it rests on clinical judgement and must say so (true).");
        }

        private void Sign(CareSign sign, string place)
        {
            problem.Require(sign.FromDay is >= 0 and <= LongestDays, $"{place}.fromDay", $"0 to {LongestDays} are possible.");
            problem.Require(!(sign.ToDay < sign.FromDay) && !(sign.ToDay > LongestDays), $"{place}.toDay", $"the first day to {LongestDays} are possible; leave it out for ever after.");
            if (sign.Areas is { } areas)
            {
                Areas(areas, $"{place}.areas");
            }

            problem.RequireText(sign.Says, $"{place}.says");
            Sources(sign.Sources, $"{place}.sources");
            problem.Require(sign.Judgement || sign.Sources.Count > 0, $"{place}.judgement", "without a source it rests on clinical judgement and must say so (true).");
        }

        // On each day of the guide, and whatever the area, there is something in each of its columns.
        private void Guide(AftercareRulebook rulebook)
        {
            Ascending(rulebook.GuideDays, 0, LongestDays, "guideDays");
            problem.Require(rulebook.GuideDays.Count > 0, "guideDays", "at least one day is needed.");
            for (int index = 0; index < rulebook.GuideDays.Count; index++)
            {
                foreach (SignLevel level in Enum.GetValues<SignLevel>())
                {
                    problem.Require(
                        rulebook.Signs.Any(sign => sign.Level == level && sign.Areas is null && sign.IsOf(rulebook.GuideDays[index])),
                        $"guideDays[{index}]",
                        $"no sign of the level '{JsonNamingPolicy.CamelCase.ConvertName(level.ToString())}' is told for every area on day {rulebook.GuideDays[index]}.");
                }
            }
        }

        private void Family(DrugFamily family, string place, IReadOnlyList<DrugFamily> families)
        {
            Names(family.Names, $"{place}.names");
            Names(family.Members, $"{place}.members");
            for (int index = 0; index < family.Related.Count; index++)
            {
                problem.Require(family.Related[index] != family.Id && families.Any(other => other?.Id == family.Related[index]), $"{place}.related[{index}]", $"'{family.Related[index]}' is no other family.");
            }
        }

        private void Names(IReadOnlyList<string> names, string place)
        {
            problem.Require(names.Count is >= 1 and <= MostEntries, place, $"1 to {MostEntries} names are needed.");
            for (int index = 0; index < names.Count; index++)
            {
                problem.Require(!string.IsNullOrWhiteSpace(names[index]) && names[index].Length <= MedicineOrder.LongestName, $"{place}[{index}]", $"a name of 1 to {MedicineOrder.LongestName} characters is needed.");
            }
        }

        private void Areas(IReadOnlyList<TreatmentArea> areas, string place) =>
            problem.Require(areas.Count > 0 && areas.Distinct().Count() == areas.Count, place, "at least one area is needed, each once.");

        private void Sources(IReadOnlyList<string> sources, string place)
        {
            for (int index = 0; index < sources.Count; index++)
            {
                problem.Require(sources[index] is not null && Rows.Value.Contains(sources[index]), $"{place}[{index}]", $"the evidence catalogue has no row '{sources[index]}'.");
            }
        }

        private void Ascending(IReadOnlyList<int> numbers, int lowest, int highest, string place)
        {
            for (int index = 0; index < numbers.Count; index++)
            {
                problem.Require(numbers[index] >= (index == 0 ? lowest : numbers[index - 1] + 1) && numbers[index] <= highest, $"{place}[{index}]", $"numbers from {lowest} to {highest} are needed, each larger than the one before.");
            }
        }
    }

    /// <summary>The largest length that an end takes, in its unit.</summary>
    /// <param name="end">The end.</param>
    public static int Longest(AftercareEnd end) => end is AftercareEnd.Hours or AftercareEnd.Closed ? LongestHours : LongestDays;
}
