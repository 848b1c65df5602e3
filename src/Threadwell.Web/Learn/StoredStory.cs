using Threadwell.Reports.Learning;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Learn;

/// <summary>The stored runs of the engine that the Learn page shows, with the addresses of their pictures.</summary>
/// <param name="assets">What the program carries.</param>
internal sealed class StoredStory(ClientAssets assets)
{
    /// <summary>Days of a month, as courses count them.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    /// <summary>The story.</summary>
    public LearnStory Story { get; } = LearnStoryFile.Read(assets.Read(LearnStoryFile.Name));

    /// <summary>The story's own run.</summary>
    public LearnRun Own => Story.Runs[0];

    /// <summary>The run of a material that dissolves late.</summary>
    public LearnRun Other => Story.Runs[1];

    /// <summary>Address of a picture.</summary>
    /// <param name="file">Its name beside the story.</param>
    public string Address(string file) => assets.Address("learn/" + file);

    /// <summary>A curve at a day, linear between its times; its ends hold beyond them.</summary>
    public static double At(IReadOnlyList<double> days, IReadOnlyList<double> values, double day)
    {
        int after = 0;
        while (after < days.Count && days[after] < day)
        {
            after++;
        }

        if (after == 0 || after == days.Count)
        {
            return values[Math.Min(after, days.Count - 1)];
        }

        double share = (day - days[after - 1]) / (days[after] - days[after - 1]);
        return values[after - 1] + (share * (values[after] - values[after - 1]));
    }

    /// <summary>Day at which a curve is highest.</summary>
    public static double DayOfMost(IReadOnlyList<double> days, IReadOnlyList<double> values) => days[values.ToList().IndexOf(values.Max())];

    /// <summary>First day at which a curve that falls from 1 is at a half or below.</summary>
    public static double DayOfHalf(IReadOnlyList<double> days, IReadOnlyList<double> values)
    {
        for (int index = 1; index < days.Count; index++)
        {
            if (values[index] <= 0.5)
            {
                return days[index - 1] + ((values[index - 1] - 0.5) / (values[index - 1] - values[index]) * (days[index] - days[index - 1]));
            }
        }

        return days[^1];
    }

    /// <summary>How much of a thread is to be seen: it fades with its strength and is gone with its mass.</summary>
    public static double ThreadOpacity(LearnRun run, double day) => At(run.Days, run.Mass, day) * (Weakest + ((1 - Weakest) * At(run.Days, run.Strength, day)));

    /// <summary>Support above no treatment at its largest, as a share of day 0.</summary>
    public static double LargestGain(LearnRun run) => run.Support.Zip(run.UntreatedSupport, (treated, untreated) => treated - untreated).Max();

    /// <summary>How strong the two maps of collagen are on a day: one scale for both and for all runs, 1 where the most of all collagen lies.</summary>
    public (double AtBarbs, double Between) MapStrength(LearnRun run, double day) =>
        (At(run.Days, run.CollagenAtBarb, day) * Story.Section.HighestAtBarbs / MostConcentration, At(run.Days, run.CollagenBetween, day) * Story.Section.HighestBetween / MostConcentration);

    /// <summary>Concentration that is drawn strongest, mg/mm³.</summary>
    public double MostConcentration => Math.Max(
        Story.Runs.Max(run => run.CollagenAtBarb.Max()) * Story.Section.HighestAtBarbs, Story.Runs.Max(run => run.CollagenBetween.Max()) * Story.Section.HighestBetween);

    // What is left to see of a thread that has lost its strength and keeps its mass, as on the page of the years.
    private const double Weakest = 0.2;
}
