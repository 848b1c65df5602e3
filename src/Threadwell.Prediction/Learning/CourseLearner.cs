using MathNet.Numerics.Distributions;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>Updates a patient's prediction by what follow-up visits measured (design 3.9).</summary>
public static class CourseLearner
{
    // Beyond what a landmark can move, and finer than anything measures: other numbers are slips of the pen or of the unit.
    private const double FurthestMm = 100;
    private const double FinestMm = 0.001;

    /// <summary>What is said of a prediction without bands.</summary>
    public const string NoBands = "the prediction has no bands: predict with --samples first.";

    private const int MostFacts = 12;
    private const double UnforeseenShare = 0.005;

    // Below this a fact's posterior is not told from its prior with a hundred courses.
    private const double TellingMean = 0.3;

    /// <summary>Learns.</summary>
    /// <param name="prediction">The prediction, with bands.</param>
    /// <param name="samples">The courses behind its bands.</param>
    /// <param name="observations">What was measured, in any order.</param>
    /// <param name="source">What an error message names as the source of the measurements.</param>
    /// <exception cref="InvalidInputException">The courses are not those of the prediction, or a measurement is of no landmark or time of it.</exception>
    public static LearnedDocument Learn(PredictionDocument prediction, EnsembleSamples samples, IReadOnlyList<FollowUpObservation> observations, string source)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(observations);
        CheckAll(prediction, samples, observations, source);
        EnsembleDocument prior = prediction.Ensemble!;
        FollowUpObservation[] ordered = [.. observations.OrderBy(observation => observation.Day).ThenBy(observation => observation.Landmark, StringComparer.Ordinal)];
        double[][] before = [.. samples.Courses.Select(course => Flat(course, samples))];
        Measured[] measured = [.. ordered.Select(observation => Expect(observation, prediction, samples))];
        double[][] after = EnsembleSmoother.Update(
            before,
            [.. Enumerable.Range(0, before.Length).Select(course => measured.Select(one => one.Expected[course]).ToArray())],
            [.. ordered.Select(observation => observation.PositionMm)],
            [.. measured.Select(one => one.ErrorMm)]);
        SampleCourse[] courses = [.. after.Select(row => Unflat(row, samples))];
        return new LearnedDocument
        {
            Prior = prior,
            Posterior = Updated(prediction, courses, prior.ReducedModel),
            Observations = [.. measured.Select(one => one.Check(courses, samples, prediction.Seed))],
            Facts = [.. FactsOf(after, samples)],
        };
    }

    /// <summary>Refuses courses that are not those of a prediction, and measurements that are not of it.</summary>
    internal static void CheckAll(PredictionDocument prediction, EnsembleSamples samples, IReadOnlyList<FollowUpObservation> observations, string source)
    {
        CheckCourses(prediction, samples, source);
        Check(prediction, observations, source);
    }

    /// <summary>Refuses courses that are not those of a prediction.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="samples">The courses.</param>
    /// <param name="source">What an error message names as their origin.</param>
    /// <exception cref="InvalidInputException">The courses are not those of the prediction, or not whole.</exception>
    public static void CheckCourses(PredictionDocument prediction, EnsembleSamples samples, string source)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(samples);
        if (prediction.Ensemble is not { } prior)
        {
            throw new InvalidInputException(source, null, NoBands);
        }

        if (samples.InputSha256 != prediction.InputSha256 || samples.ModelVersion != prediction.ModelVersion || samples.Seed != prediction.Seed || !samples.TimesDays.SequenceEqual(prediction.TimesDays) || samples.Courses.Count != prior.Samples)
        {
            throw new InvalidInputException(source, null, "the samples belong to another prediction: give the folder that one run wrote.");
        }

        CheckSamples(prediction, samples, source);
    }

    private static void CheckSamples(PredictionDocument prediction, EnsembleSamples samples, string source)
    {
        int times = prediction.TimesDays.Count;
        bool IsCurve(IReadOnlyList<double>? curve) => curve?.Count == times && curve.All(double.IsFinite);
        bool AreCurves(IReadOnlyList<IReadOnlyList<double>>? curves) => curves?.Count == samples.Landmarks.Count && curves.All(IsCurve);
        bool IsWhole(DrawnCourse? course) => course is not null && AreCurves(course.LiftMm) && AreCurves(course.UntreatedMm) && IsCurve(course.SupportIndex) && IsCurve(course.UntreatedSupportIndex)
            && course.Shares?.Count == samples.Facts.Count && course.Shares.All(share => share is > 0 and < 1);
        if (samples.SchemaVersion != 1 || samples.Courses.Count < 2 || !samples.Landmarks.SequenceEqual(prediction.Landmarks.Select(landmark => landmark.Name), StringComparer.Ordinal)
            || !samples.Courses.All(IsWhole))
        {
            throw new InvalidInputException(source, null, "the samples are not whole: predict again with --samples.");
        }
    }

    private static void Check(PredictionDocument prediction, IReadOnlyList<FollowUpObservation> observations, string source)
    {
        if (observations.Count == 0)
        {
            throw new InvalidInputException(source, "observations", "there is nothing to learn from: give at least one measurement.");
        }

        for (int at = 0; at < observations.Count; at++)
        {
            string place = $"observations[{at}]";
            if (observations[at] is not { } one)
            {
                throw new InvalidInputException(source, place, "a measurement is missing here.");
            }

            if (prediction.Landmarks.All(landmark => landmark.Name != one.Landmark))
            {
                throw new InvalidInputException(source, place + ".landmark", $"'{one.Landmark}' is no target of the plan; those are {string.Join(", ", prediction.Landmarks.Select(landmark => landmark.Name))}.");
            }

            if (!(one.Day >= 0) || one.Day > prediction.TimesDays[^1])
            {
                throw new InvalidInputException(source, place + ".day", FormattableString.Invariant($"day {one.Day:0.##} is not within the {prediction.TimesDays[^1]:0} days that were predicted."));
            }

            if (!(Math.Abs(one.PositionMm) <= FurthestMm) || !(one.ErrorMm >= FinestMm) || !(one.ErrorMm <= FurthestMm))
            {
                throw new InvalidInputException(source, place, FormattableString.Invariant($"a position of at most {FurthestMm} mm either way and an error of {FinestMm} to {FurthestMm} mm are needed."));
            }
        }
    }

    private static Measured Expect(FollowUpObservation observation, PredictionDocument prediction, EnsembleSamples samples)
    {
        int landmark = samples.Landmarks.ToList().IndexOf(observation.Landmark);
        double[] expected = [.. samples.Courses.Select(course => CourseTimes.At(course.LiftMm[landmark], samples.TimesDays, observation.Day) + CourseTimes.At(course.UntreatedMm[landmark], samples.TimesDays, observation.Day))];
        return new Measured(observation, landmark, expected, ErrorMm(observation, prediction));
    }

    /// <summary>The error that a measurement is weighed with: its own, the model's and the reduced model's, mm.</summary>
    internal static double ErrorMm(FollowUpObservation observation, PredictionDocument prediction)
    {
        LandmarkCourse landmark = prediction.Landmarks.First(one => one.Name == observation.Landmark);
        double model = EvidenceCatalogue.Value("learning.model-error", "1") * Math.Abs(CourseTimes.At(landmark.LiftMm, prediction.TimesDays, observation.Day));
        double reduced = prediction.Ensemble!.ReducedModel.LiftErrorMm;
        return Math.Sqrt((observation.ErrorMm * observation.ErrorMm) + (model * model) + (reduced * reduced));
    }

    // Deviates of the facts come last: they are as normal as they were drawn.
    private static double[] Flat(DrawnCourse course, EnsembleSamples samples) =>
    [
        .. course.LiftMm.SelectMany(curve => curve), .. course.UntreatedMm.SelectMany(curve => curve), .. course.SupportIndex, .. course.UntreatedSupportIndex,
        .. course.Shares.Take(samples.Facts.Count).Select(share => Normal.InvCDF(0, 1, share)),
    ];

    private static SampleCourse Unflat(double[] row, EnsembleSamples samples)
    {
        int times = samples.TimesDays.Count, landmarks = samples.Landmarks.Count;
        double[] Curve(int number) => row[(number * times)..((number + 1) * times)];
        double[][] Curves(int first) => [.. Enumerable.Range(first, landmarks).Select(Curve)];
        return new SampleCourse(Curves(0), Curves(landmarks), Curve(2 * landmarks), Curve((2 * landmarks) + 1));
    }

    private static PredictionDocument Updated(PredictionDocument prediction, SampleCourse[] courses, ReducedModelFacts reduced)
    {
        double[] times = [.. prediction.TimesDays];
        EnsembleDocument bands = EnsembleRunner.Document(courses, prediction.Landmarks, times, reduced);
        LandmarkCourse[] landmarks = [.. prediction.Landmarks.Select((landmark, at) => landmark with { LiftMm = bands.Landmarks[at].LiftMm.Median, UntreatedMm = bands.Landmarks[at].UntreatedMm.Median })];
        return prediction with
        {
            Landmarks = landmarks,
            SupportIndex = bands.SupportIndex.Median,
            UntreatedSupportIndex = bands.UntreatedSupportIndex.Median,
            Elasticity = null,
            Summary = CourseSummary.Of(times, landmarks, bands.SupportIndex.Median, bands.UntreatedSupportIndex.Median),
            Ensemble = bands,
            Warnings = Rebound.Moved(prediction.Warnings, prediction.Landmarks, landmarks, prediction.Threads),
        };
    }

    // Courses of an earlier version may have been drawn over a number that the catalogue does not know any more: they teach all the same, but nothing can be told of it.
    private static IEnumerable<LearnedFact> FactsOf(double[][] after, EnsembleSamples samples)
    {
        int first = after[0].Length - samples.Facts.Count;
        return samples.Facts.Select((name, at) =>
        {
            double[] deviates = [.. after.Select(row => row[first + at])];
            double[] before = [.. samples.Courses.Select(course => Normal.InvCDF(0, 1, course.Shares[at]))];
            return new LearnedFact(name, deviates.Average() - before.Average(), Deviation(deviates) / Deviation(before));
        }).Where(fact => Math.Abs(fact.Mean) >= TellingMean && EvidenceCatalogue.All.Any(known => known.Name == fact.Name)).OrderByDescending(fact => Math.Abs(fact.Mean)).ThenBy(fact => fact.Name, StringComparer.Ordinal).Take(MostFacts);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private sealed record Measured(FollowUpObservation Observation, int Landmark, double[] Expected, double ErrorMm)
    {
        public ObservationCheck Check(SampleCourse[] courses, EnsembleSamples samples, int seed)
        {
            // What a measurement may find is what a course says and its error.
            double share = Expected.Average(value => Normal.CDF(value, ErrorMm, Observation.PositionMm));
            // A coordinate beyond those of the courses' own draw: the error knows nothing of them.
            var draw = new SobolSequence(samples.Facts.Count + 1, seed);
            double[] found = [.. Expected.Select((value, course) => value + (ErrorMm * Normal.InvCDF(0, 1, draw[course, samples.Facts.Count])))];
            return new ObservationCheck
            {
                Day = Observation.Day,
                Landmark = Observation.Landmark,
                PositionMm = Observation.PositionMm,
                MeasuredErrorMm = Observation.ErrorMm,
                ErrorMm = ErrorMm,
                Prior = Bands.Of([.. found.Select(value => (double?)value)]),
                PriorShare = share,
                Posterior = Bands.Of([.. courses.Select(course => (double?)(CourseTimes.At(course.LiftMm[Landmark], samples.TimesDays, Observation.Day) + CourseTimes.At(course.UntreatedMm[Landmark], samples.TimesDays, Observation.Day)))]),
                IsUnforeseen = share is < UnforeseenShare or > 1 - UnforeseenShare,
            };
        }
    }
}
