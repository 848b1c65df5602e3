using Threadwell.Plans;
using Threadwell.Prediction;
using Threadwell.Reports.Learning;

namespace Threadwell.Reports.Tests;

/// <summary>Holds the stored runs of the Learn page to the engine as it is: pictures of an older model must not stay unnoticed.</summary>
public sealed class LearnStoryTests
{
    private const string Remedy = "The stored runs are stale: ./threadwell learn --out src/Threadwell.Web/Client/learn/stored makes them anew.";

    // Values are stored to five decimals.
    private const double Stored = 1e-4;
    private const long MostBytes = 1_500_000;

    private static readonly string Folder = Path.Combine(Root(), "src", "Threadwell.Web", "Client", "learn", "stored");
    private static readonly Lazy<LearnStory> Kept = new(() => LearnStoryFile.Read(File.ReadAllBytes(Path.Combine(Folder, LearnStoryFile.Name))));

    private static LearnStory Story => Kept.Value;

    [Fact]
    public void The_stored_runs_are_of_this_model_and_of_these_inputs()
    {
        Assert.True(Story.ModelVersion == CoursePredictor.ModelVersion, Remedy);
        Assert.Equal(LearnStoryMaker.RunMaterials, Story.Runs.Select(run => run.Material));
        Assert.All(Story.Runs, run => Assert.True(LearnStoryMaker.InputSha256(run.Material) == run.InputSha256, Remedy));
        Assert.All(Story.Runs, run => Assert.Equal(PredictionOptions.UsualSamples, run.Samples));
    }

    [Fact]
    public void The_stored_curves_of_thread_and_collagen_are_what_biology_computes() => Assert.All(Story.Runs, run =>
    {
        (double[] strength, double[] mass, double[] atBarb, double[] between) = LearnStoryMaker.Curves(run);
        IsSame(run.Strength, strength);
        IsSame(run.Mass, mass);
        IsSame(run.CollagenAtBarb, atBarb);
        IsSame(run.CollagenBetween, between);
    });

    [Fact]
    public void The_stored_lift_on_the_day_of_treatment_is_what_the_engine_computes()
    {
        // The day of treatment is the same however long the course; a week is enough to see it.
        PredictionDocument today = LearnStoryMaker.Shortened(Story.Runs[0].Material, 0.25).Document;
        Assert.True(Math.Abs(today.Summary.LiftNowMm - Story.Runs[0].LiftMm[0]) < 0.001, Remedy);
        Assert.True(Math.Abs(today.SupportIndex[0] - Story.Runs[0].Support[0]) < 0.001, Remedy);
    }

    [Fact]
    public void The_whole_story_is_what_the_engine_computes()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("THREADWELL_LONG") == "1", "long");
        (LearnStory made, IReadOnlyDictionary<string, byte[]> pictures) = LearnStoryMaker.Make(0, Environment.ProcessorCount, progress: null, TestContext.Current.CancellationToken);
        foreach ((LearnRun fresh, LearnRun kept) in made.Runs.Zip(Story.Runs))
        {
            IsSame(kept.LiftMm, fresh.LiftMm);
            IsSame(kept.Support, fresh.Support);
            IsSame(kept.UntreatedSupport, fresh.UntreatedSupport);
            Assert.Equal(kept.Frames, fresh.Frames);
        }

        Assert.All(pictures, picture => Assert.True(picture.Value.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, picture.Key))), $"{picture.Key}: {Remedy}"));
    }

    [Fact]
    public void Every_picture_that_the_story_names_is_there_and_all_are_small()
    {
        IEnumerable<string> named = Story.Runs.SelectMany(run => run.Frames.Select(frame => frame.Picture)).Concat([Story.Face.Before, Story.Section.AtBarbs, Story.Section.BetweenBarbs, LearnStoryFile.Name]);
        Assert.Equal(named.Order(StringComparer.Ordinal), Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.InRange(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length), 1, MostBytes);
    }

    [Fact]
    public void The_cut_through_the_tissue_holds_what_a_reader_is_told_of_it()
    {
        LearnSection section = Story.Section;

        // From the skin inwards each layer ends below the one above it, and the thread lies in the fat over the SMAS.
        for (int place = 0; place < section.AlongMm.Count; place++)
        {
            Assert.True(section.LayerEndsMm[0][place] < section.ThreadDepthMm[place] && section.ThreadDepthMm[place] < section.LayerEndsMm[1][place]);
            Assert.True(section.LayerEndsMm[1][place] < section.LayerEndsMm[2][place] && section.LayerEndsMm[2][place] < section.LayerEndsMm[3][place]);
        }

        // Most collagen lies at the barbs, and it outlasts the thread.
        Assert.All(Story.Runs, run =>
        {
            Assert.True(run.CollagenAtBarb.Max() > run.CollagenBetween.Max());
            int gone = run.Mass.ToList().FindIndex(mass => mass < 0.01);
            Assert.True(run.CollagenAtBarb[gone] > 0.5 * run.CollagenAtBarb.Max());
        });
        Assert.All(Story.Runs, run => Assert.All(run.LiftMm.Zip(run.LiftMm.Skip(1)).Skip(12), pair => Assert.True(pair.Second < pair.First + 0.02)));
    }

    [Fact]
    public void A_map_of_collagen_is_strongest_at_the_barbs()
    {
        CoursePrediction course = LearnStoryMaker.Shortened(Story.Runs[0].Material, 0.25);
        var section = ThreadSection.Along(course, thread: 1, fromMm: 9, lengthMm: 24, depthMm: 9, stepMm: 0.3);
        Assert.Equal(section.Columns * section.Rows, section.AtBarbs.Length);
        Assert.All(section.AtBarbs.Concat(section.BetweenBarbs), value => Assert.True(double.IsFinite(value) && value >= 0));
        int row = (int)(section.ThreadDepthMm[0] / 0.3);
        double At(double along) => section.AtBarbs[(row * section.Columns) + (int)(along / 0.3)];
        SectionBarb[] inside = [.. section.Barbs.Where(barb => barb.AtMm is > 3 and < 20)];
        Assert.All(inside, barb => Assert.True(At(barb.AtMm) > At(barb.AtMm + 1)));
    }

    private static void IsSame(IReadOnlyList<double> stored, IReadOnlyList<double> computed)
    {
        Assert.Equal(stored.Count, computed.Count);
        Assert.True(stored.Zip(computed).All(pair => Math.Abs(pair.First - pair.Second) <= Stored), Remedy);
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Threadwell.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
