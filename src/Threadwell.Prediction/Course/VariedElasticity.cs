using Threadwell.Evidence;
using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>
/// Elasticity in suction of a prediction, computed again with other values. It follows from what the networks of the patch hold, not from how the face moves, so that it needs neither an
/// equilibrium of the face nor a coarser mesh: each draw is computed as the single course is, on the same tissue.
/// </summary>
/// <param name="single">The prediction.</param>
/// <param name="options">How it was computed.</param>
public sealed class VariedElasticity(CoursePrediction single, PredictionOptions options)
{
    /// <summary>A document of the prediction with the elasticity of other values.</summary>
    /// <param name="document">The document; what else is in it stays.</param>
    /// <param name="facts">The values.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where they have no solution.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PredictionDocument? With(PredictionDocument document, FactValues facts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return CourseComputation.ElasticityOf(single.Plan, single.Tissue, [.. document.TimesDays], options with { Facts = facts, Threads = 1 }, cancellation) is { } elasticity
                ? document with { Elasticity = elasticity }
                : null;
        }
        catch (Exception error) when (CourseFailure.IsOfTheValues(error))
        {
            return null;
        }
    }
}
