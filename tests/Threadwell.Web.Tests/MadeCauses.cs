using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Web.Tests;

/// <summary>A prediction and what decides its result, with numbers that are only written down.</summary>
internal static class MadeCauses
{
    /// <summary>The prediction, of a year.</summary>
    public static PredictionDocument Prediction => new()
    {
        ModelVersion = "0",
        InputSha256 = "",
        Seed = 1,
        TimesDays = [0, 30, 365],
        Landmarks = [new LandmarkCourse { Name = "jowl.left", Vector = Vector3D.UnitY, LiftMm = [2, 1.5, 0.2], UntreatedMm = [0, 0, -0.1] }],
        Threads = [],
        SupportIndex = [1, 1.05, 1.02],
        UntreatedSupportIndex = [1, 1, 0.99],
        Summary = Summary,
        Mesh = new MeshFacts { Nodes = 1, Elements = 1, Columns = 1, EdgeLengthMm = 1, SmallestScaledJacobian = 1 },
        Residuals = [],
        Warnings = [],
    };

    private static PredictionSummary Summary => new()
    {
        LiftNowMm = 2,
        LiftHalfLifeMonths = 3,
        LiftEndMonths = 11,
        VisibleLiftEndMonths = 6,
        VisibleThresholdMm = 1,
        SupportHalfLifeMonths = null,
        SupportEndMonths = null,
        BackToDayZeroMonths = null,
        SimulatedMonths = 12,
    };

    /// <summary>Causes of which so many pairs of draws came of those that were asked for, and one was left out; the widest interval reaches so far to either side.</summary>
    public static CauseDocument Of(int asked, int samples, double reach = 0.1) => new()
    {
        ModelVersion = "0",
        InputSha256 = "",
        Months = 12,
        Asked = asked,
        Samples = samples,
        Failed = 1,
        Outcomes = [.. Enum.GetValues<CauseOutcome>().Select(outcome => new OutcomeCauses
        {
            Outcome = outcome,
            Mean = 2,
            StandardDeviation = 0.5,
            Causes = [.. Enum.GetValues<Cause>().Select(cause => cause == Cause.Technique
                ? new CauseShare { Cause = cause, Alone = 0.6, Total = 0.7, TotalLow = 0.7 - reach, TotalHigh = 0.7 + reach }
                : new CauseShare { Cause = cause, Alone = 0.1, Total = 0.12, TotalLow = 0.1, TotalHigh = 0.15 })],
        })],
        WhatIf = [.. new[] { "asPlanned", "material:PCL", "aftercare:poor", "smoker:false" }.Select(change => new WhatIf { Change = change, Summary = Summary, LiftAfterYearMm = 0.2, SupportGain = 0.05 })],
        ReducedModel = new ReducedModelFacts { Nodes = 1, EdgeLengthMm = 10, LiftScaleError = 0, LiftErrorMm = 0.1, SupportError = 0.01 },
    };
}
