using NodaTime;
using Threadwell.Care.Rules;
using Threadwell.Care.Triage;

namespace Threadwell.Care.Tests.Triage;

/// <summary>One line of <c>cases.md</c>.</summary>
internal sealed record TriageCase(IReadOnlyList<CheckIn> History, TreatmentFacts Facts, OffsetDateTime Now, TriageLevel? Level, IReadOnlyList<string> Rules)
{
    /// <summary>The lines of the table.</summary>
    public static IEnumerable<string> Lines => File.ReadLines(Path.Combine(CheckIns.Folder(), "cases.md")).SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).Where(line => line.StartsWith('|'));

    public static TriageCase Read(string line)
    {
        string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
        Assert.Equal(7, cells.Length);
        Assert.NotEmpty(cells[6]);
        (string when, string told, string before, string treatment, string level, string rules) = (cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        bool silent = when.StartsWith("none@", StringComparison.Ordinal);
        OffsetDateTime? at = CheckIns.Time(silent ? when[5..] : when);
        var history = new List<CheckIn>();
        foreach (string earlier in before.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = earlier.Split(':', 2);
            history.Add(new CheckIn(CheckIns.Time(parts[0].Trim()), CheckIns.Read(parts[1])));
        }

        if (!silent)
        {
            history.Add(new CheckIn(at, CheckIns.Read(told)));
        }

        // Answers whose time nobody knows, or that seem to come before the treatment, arrive on day 5.
        OffsetDateTime now = at is { } known && known.ToInstant() >= CheckIns.TreatedAt.ToInstant() ? known : CheckIns.Time("day 5")!.Value;
        return new TriageCase(history, Treatment(treatment), now, level == "none" ? null : Enum.Parse<TriageLevel>(level, ignoreCase: true), rules.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static TreatmentFacts Treatment(string cell)
    {
        TreatmentFacts facts = CheckIns.Facts;
        foreach (string pair in cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=');
            bool unknown = parts[1] == "unknown";
            facts = parts[0] switch
            {
                "areas" => facts with { Areas = unknown ? null : parts[1].Split('+') },
                "sides" => facts with { Sides = unknown ? null : Enum.Parse<TreatedSides>(parts[1], ignoreCase: true) },
                "anaesthetic" when unknown => facts with { AnaestheticAt = null },
                "treated" when unknown => facts with { TreatedAt = null },
                _ => throw new ArgumentException($"'{pair}' tells nothing of a treatment.", nameof(cell)),
            };
        }

        return facts;
    }
}
