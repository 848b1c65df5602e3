using Threadwell.Storage.Predictions;

namespace Threadwell.Web.Predictions;

/// <summary>A prediction's state as the API tells it (<c>docs/api.md</c>).</summary>
internal sealed record PredictionAnswer(
    Guid Id, Guid PlanId, int Version, double Months, PredictionState State, double Fraction, string Step, string? Problem, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt);

/// <summary>A course that is asked for.</summary>
internal sealed record NewPrediction(double Months);
