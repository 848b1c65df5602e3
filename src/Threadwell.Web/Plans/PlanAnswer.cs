using Threadwell.Anatomy;
using Threadwell.Biology;
using Threadwell.Plans;
using Threadwell.Storage.Plans;
using Threadwell.Web.Predictions;

namespace Threadwell.Web.Plans;

/// <summary>A kept version of a plan as the API tells it.</summary>
internal sealed record VersionAnswer(Guid Id, int Number, string Note, DateTimeOffset CreatedAt)
{
    /// <summary>Tells a version.</summary>
    public static VersionAnswer Of(PlanVersion version) => new(version.Id, version.Number, version.Note, version.CreatedAt.ToDateTimeOffset());
}

/// <summary>A plan as the API tells it (<c>docs/api.md</c>); without its draft in lists.</summary>
internal sealed record PlanAnswer(
    Guid Id,
    Guid ScanId,
    string Name,
    long Revision,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    ThreadPlan? Draft,
    IReadOnlyList<VersionAnswer> Versions,
    IReadOnlyList<PredictionAnswer> Predictions);

/// <summary>A new plan.</summary>
internal sealed record NewPlan(Guid ScanId, string Name, ThreadPlan Plan);

/// <summary>A changed draft.</summary>
internal sealed record PlanChange(long Revision, string Name, ThreadPlan Draft);

/// <summary>A version to keep.</summary>
internal sealed record NewVersion(string Note);

/// <summary>What a standard plan is asked for.</summary>
internal sealed record SuggestionRequest(string Area, ThreadMaterial Material, PatientDescription Patient);

/// <summary>Areas of a scan's body, and those that are refused by name.</summary>
internal sealed record AreasAnswer(IReadOnlyList<TreatmentArea> Areas, IReadOnlyList<RefusedArea> Refused);

/// <summary>An area that threads are not for.</summary>
internal sealed record RefusedArea(string Area, string Refusal);
