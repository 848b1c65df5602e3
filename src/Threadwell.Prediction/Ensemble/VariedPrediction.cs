using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>A prediction whose landmarks and support can be computed again with other values, on the coarser mesh that bands come from.</summary>
public sealed class VariedPrediction
{
    private readonly PredictionDocument document;
    private readonly ReducedModel model;

    /// <summary>Prepares the coarser mesh.</summary>
    /// <param name="single">The prediction.</param>
    /// <param name="source">What an error message names as the source of the plan.</param>
    /// <param name="options">How the prediction was computed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public VariedPrediction(CoursePrediction single, string source, PredictionOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(single);
        ArgumentNullException.ThrowIfNull(options);
        document = single.Document;
        SampleCourse curves = SampleCourse.Of(document.Landmarks, [.. document.SupportIndex], [.. document.UntreatedSupportIndex]);
        model = CoursePredictor.Reduce(single.Plan, single.Scan, source, options, single.Tissue, curves, cancellation);
    }

    /// <summary>The prediction with the landmarks and the support of other values; threads, summary and everything else stay those of the single course.</summary>
    /// <param name="facts">The values.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where no equilibrium was found with them.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PredictionDocument? With(FactValues facts, CancellationToken cancellation) => model.Sample(facts, cancellation) is not { } sample
        ? null
        : document with
        {
            Landmarks = [.. document.Landmarks.Select((landmark, target) => landmark with { LiftMm = sample.LiftMm[target], UntreatedMm = sample.UntreatedMm[target] })],
            SupportIndex = sample.Support,
            UntreatedSupportIndex = sample.UntreatedSupport,
        };
}
