using NodaTime;
using Threadwell.Plans;
using Threadwell.Storage.Predictions;
using Threadwell.Storage.Scans;

namespace Threadwell.Web.Pages;

/// <summary>A scan on the start page.</summary>
/// <param name="Stored">The scan.</param>
/// <param name="Plans">How many plans lie on it.</param>
public sealed record HomeScan(StoredScan Stored, int Plans);

/// <summary>A plan on the start page.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scan">The scan that it lies on.</param>
/// <param name="Draft">The plan as it stands.</param>
/// <param name="ChangedAt">When that last changed.</param>
/// <param name="Course">Its newest course; null where none was asked for.</param>
public sealed record HomePlan(Guid Id, string Name, StoredScan Scan, ThreadPlan Draft, Instant ChangedAt, HomeCourse? Course);

/// <summary>A course on the start page.</summary>
/// <param name="Id">Key of the prediction.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Fraction">Share computed, 0 to 1.</param>
/// <param name="Months">Its length.</param>
public sealed record HomeCourse(Guid Id, PredictionState State, double Fraction, double Months);
