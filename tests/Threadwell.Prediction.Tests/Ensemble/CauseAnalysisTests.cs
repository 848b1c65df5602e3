using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Geometry;
using Threadwell.Plans;
using Threadwell.Plans.Files;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>What decides a result: the estimators against closed forms, and the whole on the sample patient.</summary>
public sealed class CauseAnalysisTests
{
    /// <summary>
    /// f = 2 x1 + x2 + x3 x4 with uniform numbers about nought: variances 4/12, 1/12 and 1/144 by hand, so that the total shares of the four are 48/61, 12/61, 1/61 and 1/61, and the last two do nothing alone.
    /// </summary>
    [Fact]
    public void IndicesOfASumAndAProductAreThoseByHand()
    {
        const int Pairs = 4096;
        var draw = new SobolSequence(8, 1);
        double[][] pairs = [.. Enumerable.Range(0, Pairs).Select(pair =>
        {
            double[] a = [.. Enumerable.Range(0, 4).Select(dimension => draw[pair, dimension] - 0.5)], b = [.. Enumerable.Range(4, 4).Select(dimension => draw[pair, dimension] - 0.5)];
            return (double[])[Value(a), Value(b), .. Enumerable.Range(0, 4).Select(cause => Value([.. a.Select((own, dimension) => dimension == cause ? b[dimension] : own)]))];
        })];
        OutcomeCauses causes = CauseAnalysis.Indices(CauseOutcome.LiftNow, pairs, 1);
        double[] total = [48 / 61.0, 12 / 61.0, 1 / 61.0, 1 / 61.0], alone = [48 / 61.0, 12 / 61.0, 0, 0];
        Assert.Equal(Enum.GetValues<Cause>(), causes.Causes.Select(share => share.Cause));
        for (int cause = 0; cause < 4; cause++)
        {
            CauseShare share = causes.Causes[cause];
            Assert.Equal(total[cause], share.Total, 0.01);
            Assert.Equal(alone[cause], share.Alone, 0.02);
            Assert.InRange(share.Total, share.TotalLow, share.TotalHigh);
            Assert.InRange(total[cause], share.TotalLow - 0.005, share.TotalHigh + 0.005);
        }

        Assert.Equal(0, causes.Mean, 0.005);
        Assert.Equal(Math.Sqrt((4 / 12.0) + (1 / 12.0) + (1 / 144.0)), causes.StandardDeviation, 0.005);

        static double Value(double[] x) => (2 * x[0]) + x[1] + (x[2] * x[3]);
    }

    [Fact]
    public void AResultThatNothingMovesHasNoCauses()
    {
        OutcomeCauses causes = CauseAnalysis.Indices(CauseOutcome.SupportGain, [.. Enumerable.Range(0, 30).Select(_ => Enumerable.Repeat(2.5, 6).ToArray())], 1);
        Assert.Equal((2.5, 0), (causes.Mean, causes.StandardDeviation));
        Assert.All(causes.Causes, share => Assert.Equal((0, 0, 0, 0), (share.Alone, share.Total, share.TotalLow, share.TotalHigh)));
    }

    [Fact]
    public void TheSamplePatientsCausesAndWhatIfsAreTold()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        var options = new PredictionOptions { Months = 13, EdgeLengthMm = 10, Samples = 20 };
        CauseDocument causes = CauseAnalysis.Run(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken);
        Assert.Equal((20, 20, 0), (causes.Asked, causes.Samples, causes.Failed));
        Assert.Equal(Enum.GetValues<CauseOutcome>(), causes.Outcomes.Select(outcome => outcome.Outcome));
        Assert.All(causes.Outcomes.SelectMany(outcome => outcome.Causes), share => Assert.True(share.TotalLow <= share.Total + 1e-12 && share.Total <= share.TotalHigh + 1e-12));

        // On the day of treatment the polymer's fate has no part yet: how it was done weighs more than how it is looked after.
        OutcomeCauses now = causes.Outcomes[0];
        Assert.True(now.StandardDeviation > 0.05 * now.Mean);
        Assert.Equal(
            ["asPlanned", "material:PLLA", "material:PCL", "material:PLCL", "aftercare:partial", "aftercare:poor", "smoker:true"],
            causes.WhatIf.Select(whatIf => whatIf.Change));

        // PCL keeps its strength through the year, PDO does not (E-003, E-018).
        Assert.True(causes.WhatIf[2].LiftAfterYearMm > 2 * causes.WhatIf[0].LiftAfterYearMm);

        // Aftercare begins after the day of treatment, and costs lift from then on.
        Assert.Equal(causes.WhatIf[0].Summary.LiftNowMm, causes.WhatIf[5].Summary.LiftNowMm, 1e-9);
        Assert.Equal(0, now.Causes.Single(share => share.Cause == Cause.Aftercare).Total, 1e-9);
        Assert.True(causes.WhatIf[4].LiftAfterYearMm < causes.WhatIf[0].LiftAfterYearMm);
        Assert.True(causes.WhatIf[5].LiftAfterYearMm < causes.WhatIf[4].LiftAfterYearMm);
        Assert.True(causes.Outcomes[1].Causes.Single(share => share.Cause == Cause.Aftercare).Total > 0);
        Assert.True(causes.WhatIf[6].SupportGain < causes.WhatIf[0].SupportGain);
    }

    /// <summary>Twelve courses of two threads make two pairs: after 120 of 240 courses the pairs are those of half as many.</summary>
    [Fact]
    public void WhoseTimeIsOverTellsTheFirstPairsOfTheSameDrawOrThatTheyAreTooFew()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        var options = new PredictionOptions { Months = 1, EdgeLengthMm = 10, Samples = 40, Threads = 2 };
        using var enough = new CancellationTokenSource();
        CauseDocument early = CauseAnalysis.Run(plan, patient.Scan, "plan", options, new EndsAt("Course 120 of", enough), TestContext.Current.CancellationToken, enough.Token);
        Assert.Equal((40, 20, 0), (early.Asked, early.Samples, early.Failed));
        CauseDocument half = CauseAnalysis.Run(plan, patient.Scan, "plan", options with { Samples = 20, Threads = 1 }, null, TestContext.Current.CancellationToken);
        Assert.Equal(PlanJson.ToBytes(half with { Asked = 40 }), PlanJson.ToBytes(early));

        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => CauseAnalysis.Run(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken, atOnce.Token));
        Assert.StartsWith("the time was over after 0 of 40 draws", refused.Problem, StringComparison.Ordinal);
    }

    private sealed class EndsAt(string step, CancellationTokenSource enough) : IProgress<CourseProgress>
    {
        public void Report(CourseProgress value)
        {
            if (value.Doing.StartsWith(step, StringComparison.Ordinal))
            {
                enough.Cancel();
            }
        }
    }
}
