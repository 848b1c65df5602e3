using Threadwell.Plans;

namespace Threadwell.Prediction;

/// <summary>One measured patient of a clinic.</summary>
/// <param name="Name">Name of the case, unique.</param>
/// <param name="Prediction">Her prediction, with bands.</param>
/// <param name="Samples">The courses behind its bands.</param>
/// <param name="Observations">What her visits measured.</param>
/// <param name="Source">What an error message names as the source of the measurements.</param>
public sealed record ClinicCase(string Name, PredictionDocument Prediction, EnsembleSamples Samples, IReadOnlyList<FollowUpObservation> Observations, string Source);
