using Threadwell.Reports.Learning;

namespace Threadwell.Web.Learn;

/// <summary>What the script of the Learn page is told: curves by the names that charts and pictures use, and where the pictures lie.</summary>
internal static class LearnFacts
{
    /// <summary>The facts, ready to be written as JSON.</summary>
    public static object Of(StoredStory stored) => new
    {
        months = stored.Story.Months,
        symbols = SectionDrawing.Symbols,
        mostConcentration = stored.MostConcentration,
        highestAtBarbs = stored.Story.Section.HighestAtBarbs,
        highestBetween = stored.Story.Section.HighestBetween,
        width = stored.Story.Face.Width,
        height = stored.Story.Face.Height,
        before = stored.Address(stored.Story.Face.Before),
        runs = stored.Story.Runs.Select(run => Of(run, stored)),
    };

    private static object Of(LearnRun run, StoredStory stored) => new
    {
        days = run.Days,
        timesDays = run.TimesDays,
        curves = new
        {
            run.Strength,
            run.Mass,
            run.Inflammation,
            run.Repair,
            run.GrowthFactor,
            run.Fibroblasts,
            run.CollagenAtBarb,
            run.CollagenBetween,
        },
        courses = new { lift = run.LiftMm, run.Support, run.UntreatedSupport },
        frames = run.Frames.Select(frame => new { frame.Month, address = stored.Address(frame.Picture) }),
    };
}
