using System.Text.Json;
using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Draws the uncertain values many times and tells how far the courses spread (design 3.9).</summary>
internal static class EnsembleRunner
{
    /// <summary>Runs the courses. The result does not depend on how many are computed at once.</summary>
    /// <param name="model">The reduced model.</param>
    /// <param name="samples">Number of courses.</param>
    /// <param name="facts">The values of the single course; those that are drawn are replaced.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="threads">Courses at once.</param>
    /// <param name="progress">Told the share of the courses that is done; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Each course in the order of the draw; null where it found no equilibrium.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SampleCourse?[] Run(ReducedModel model, int samples, FactValues facts, int seed, int threads, IProgress<CourseProgress>? progress, CancellationToken cancellation)
    {
        var courses = new SampleCourse?[samples];
        var draw = new SobolSequence(UncertainFacts.All.Count, seed);
        int done = 0;
        Parallel.For(0, samples, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, index =>
        {
            courses[index] = model.Sample(Drawn(dimension => draw[index, dimension], facts), cancellation);
            int now = Interlocked.Increment(ref done);
            progress?.Report(new CourseProgress((double)now / samples, $"Course {now} of {samples} with other values that the evidence allows"));
        });
        return courses;
    }

    /// <summary>The values of one draw.</summary>
    /// <param name="share">Share of its distribution at which each uncertain fact is drawn, by its index.</param>
    /// <param name="facts">The values of the single course.</param>
    public static FactValues Drawn(Func<int, double> share, FactValues facts) =>
        facts.With(UncertainFacts.All.Select((uncertain, dimension) => KeyValuePair.Create(uncertain.Fact.Name, UncertainFacts.Value(uncertain.Fact, share(dimension)))));

    /// <summary>Bands of the courses.</summary>
    /// <param name="courses">The courses; at least one found its equilibria.</param>
    /// <param name="landmarks">Targets of the single course.</param>
    /// <param name="timesDays">Stored times, days.</param>
    /// <param name="reduced">The model that computed them.</param>
    public static EnsembleDocument Document(IReadOnlyList<SampleCourse?> courses, IReadOnlyList<LandmarkCourse> landmarks, double[] timesDays, ReducedModelFacts reduced)
    {
        SampleCourse[] found = [.. courses.OfType<SampleCourse>()];
        PredictionSummary[] summaries = [.. found.Select(course => CourseSummary.Of(timesDays, Renamed(landmarks, course), course.Support, course.UntreatedSupport))];
        return new EnsembleDocument
        {
            Samples = found.Length,
            Failed = courses.Count - found.Length,
            Facts = UncertainFacts.All.Count,
            Landmarks = [.. landmarks.Select((landmark, target) => new LandmarkBands
            {
                Name = landmark.Name,
                LiftMm = Bands.Of(found, timesDays.Length, (course, time) => course.LiftMm[target][time]),
                UntreatedMm = Bands.Of(found, timesDays.Length, (course, time) => course.UntreatedMm[target][time]),
            })],
            MeanLiftMm = Bands.Of(found, timesDays.Length, (course, time) => course.LiftMm.Average(curve => curve[time])),
            MeanPositionMm = Bands.Of(found, timesDays.Length, (course, time) => course.LiftMm.Zip(course.UntreatedMm, (lift, without) => lift[time] + without[time]).Average()),
            MeanUntreatedMm = Bands.Of(found, timesDays.Length, (course, time) => course.UntreatedMm.Average(curve => curve[time])),
            SupportIndex = Bands.Of(found, timesDays.Length, (course, time) => course.Support[time]),
            UntreatedSupportIndex = Bands.Of(found, timesDays.Length, (course, time) => course.UntreatedSupport[time]),
            SupportGain = Bands.Of(found, timesDays.Length, (course, time) => course.Support[time] - course.UntreatedSupport[time]),
            Summary = new SummaryBands
            {
                LiftNowMm = Bands.Of([.. summaries.Select(summary => (double?)summary.LiftNowMm)]),
                LargestSupportGain = Bands.Of([.. found.Select(course => (double?)SampleCourse.LargestGain(course.Support, course.UntreatedSupport))]),
                LiftHalfLifeMonths = Bands.Of([.. summaries.Select(summary => summary.LiftHalfLifeMonths)]),
                LiftEndMonths = Bands.Of([.. summaries.Select(summary => summary.LiftEndMonths)]),
                VisibleLiftEndMonths = Bands.Of([.. summaries.Select(summary => summary.VisibleLiftEndMonths)]),
                SupportHalfLifeMonths = Bands.Of([.. summaries.Select(summary => summary.SupportHalfLifeMonths)]),
                SupportEndMonths = Bands.Of([.. summaries.Select(summary => summary.SupportEndMonths)]),
                BackToDayZeroMonths = Bands.Of([.. summaries.Select(summary => summary.BackToDayZeroMonths)]),
            },
            ReducedModel = reduced,
        };
    }

    /// <summary>The courses as they are stored, so that measurements can be learned from later.</summary>
    /// <param name="courses">The courses in the order of the draw.</param>
    /// <param name="document">The prediction that they belong to.</param>
    /// <param name="plan">Its plan.</param>
    public static EnsembleSamples Samples(IReadOnlyList<SampleCourse?> courses, PredictionDocument document, ThreadPlan plan)
    {
        var draw = new SobolSequence(UncertainFacts.All.Count, document.Seed);
        return new EnsembleSamples
        {
            ModelVersion = document.ModelVersion,
            InputSha256 = document.InputSha256,
            Seed = document.Seed,
            Treatment = TreatmentOf(plan),
            TimesDays = document.TimesDays,
            Landmarks = [.. document.Landmarks.Select(landmark => landmark.Name)],
            Facts = [.. UncertainFacts.All.Select(uncertain => uncertain.Fact.Name)],
            Courses = [.. courses.Select((course, index) => (course, index)).Where(pair => pair.course is not null).Select(pair => new DrawnCourse
            {
                Shares = Rounded(Enumerable.Range(0, UncertainFacts.All.Count).Select(dimension => Math.Clamp(draw[pair.index, dimension], SmallestShare, 1 - SmallestShare))),
                LiftMm = [.. pair.course!.LiftMm.Select(Rounded)],
                UntreatedMm = [.. pair.course.UntreatedMm.Select(Rounded)],
                SupportIndex = Rounded(pair.course.Support),
                UntreatedSupportIndex = Rounded(pair.course.UntreatedSupport),
            })],
        };
    }

    /// <summary>Area and materials of a plan in one word: what treatments of a clinic are told apart by.</summary>
    /// <param name="plan">The plan.</param>
    private static string TreatmentOf(ThreadPlan plan) =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(plan.Area.ToString())}/{string.Join('+', plan.Threads.Select(thread => thread.Material.ToString().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal))}";

    // A share of none has no deviate.
    private const double SmallestShare = 1e-4;

    // A ten-thousandth of a millimetre is far below the model's error, and a third of the bytes.
    private static double[] Rounded(IEnumerable<double> values) => [.. values.Select(value => Math.Round(value, 4))];

    private static LandmarkCourse[] Renamed(IReadOnlyList<LandmarkCourse> landmarks, SampleCourse course) =>
        [.. landmarks.Select((landmark, target) => landmark with { LiftMm = course.LiftMm[target], UntreatedMm = course.UntreatedMm[target] })];
}
