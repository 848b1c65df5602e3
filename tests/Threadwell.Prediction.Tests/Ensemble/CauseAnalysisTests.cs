using Threadwell.Anatomy;
using Threadwell.Anatomy.VirtualPatients;
using Threadwell.Biology;
using Threadwell.Evidence;
using Threadwell.Geometry;
using Threadwell.Plans;

namespace Threadwell.Prediction.Tests.Ensemble;

/// <summary>What decides a result, on the sample patient.</summary>
public sealed class CauseAnalysisTests
{
    [Fact]
    public void TheSamplePatientsCausesAndWhatIfsAreTold()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        var options = new PredictionOptions { Months = 13, EdgeLengthMm = 14, Samples = 20 };
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

    /// <summary>Four pairs of two threads make 24 courses: after 120 of 240 courses 20 pairs are told.</summary>
    [Fact]
    public void WhoseTimeIsOverTellsTheFirstPairsOrThatTheyAreTooFew()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan standard = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        ThreadPlan plan = standard with { Threads = [standard.Threads[0]] };
        var options = new PredictionOptions { Months = 1, EdgeLengthMm = 14, Samples = 40, Threads = 2 };
        using var enough = new CancellationTokenSource();
        CauseDocument early = CauseAnalysis.Run(plan, patient.Scan, "plan", options, new EndsWhere(value => value.Doing.StartsWith("Course 120 of", StringComparison.Ordinal), enough), TestContext.Current.CancellationToken, enough.Token);
        Assert.Equal((40, 20, 0), (early.Asked, early.Samples, early.Failed));
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        InvalidInputException refused = Assert.Throws<InvalidInputException>(() => CauseAnalysis.Run(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken, atOnce.Token));
        Assert.StartsWith("the time was over after 0 of 40 draws", refused.Problem, StringComparison.Ordinal);
    }

    /// <summary>Courses of a pair that have the same skin share its balance and its untreated course; each is the very course that it is by itself.</summary>
    [Fact]
    public void CoursesThatShareTheirSkinAreThoseThatDoNot()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        ReducedModel model = Reduced(plan, patient, new PredictionOptions { Months = 12, EdgeLengthMm = 12 });
        FactValues drawn = EnsembleRunner.Drawn(dimension => (dimension * 0.37) % 1, FactValues.Catalogue);
        SkinCourse skin = model.Skin(drawn, TestContext.Current.CancellationToken)!;
        ThreadPlan other = CauseDraws.Of(plan, ThreadMaterial.Plcl) with { Aftercare = AftercareAdherence.Poor };
        FactValues same = EnsembleRunner.Drawn(dimension => UncertainFacts.All[dimension].Cause == Cause.Skin ? (dimension * 0.37) % 1 : (dimension * 0.61) % 1, FactValues.Catalogue);
        foreach ((ThreadPlan of, FactValues facts) in new[] { (plan, drawn), (other, same), (plan, drawn) })
        {
            SampleCourse alone = model.Sample(facts, TestContext.Current.CancellationToken, of)!, shared = model.Sample(facts, TestContext.Current.CancellationToken, of, skin)!;
            Assert.Equal(alone.LiftMm, shared.LiftMm);
            Assert.Equal(alone.UntreatedMm, shared.UntreatedMm);
            Assert.Equal(alone.Support, shared.Support);
            Assert.Equal(alone.UntreatedSupport, shared.UntreatedSupport);
        }
    }

    /// <summary>With aftercare as advised no barb is worked loose, and nothing of support depends on the mechanics of the course; with poor aftercare what is left out is small.</summary>
    [Theory]
    [InlineData(AftercareAdherence.AsAdvised, 1e-12)]
    [InlineData(AftercareAdherence.Poor, 1e-3)]
    public void SupportAloneIsThatOfTheWholeCourse(AftercareAdherence adherence, double tolerance)
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline) with { Aftercare = adherence };
        var options = new PredictionOptions { Months = 3, EdgeLengthMm = 14 };
        ReducedModel model = Reduced(plan, patient, options);
        FactValues facts = EnsembleRunner.Drawn(dimension => (dimension * 0.37) % 1, FactValues.Catalogue);
        SampleCourse whole = model.Sample(facts, TestContext.Current.CancellationToken)!;
        (double[] treated, double[] untreated) = model.SampleSupport(facts, plan)!.Value;

        // Three months have few times, so that both are computed at all of them.
        // The suction's equilibria start from the ones before, of which one is treated: untreated curves differ by less than what its solver leaves.
        Assert.Equal(whole.UntreatedSupport, untreated, (one, other) => Math.Abs(one - other) < 1e-8);
        Assert.Equal(whole.Support, treated, (one, other) => Math.Abs(one - other) < tolerance);
        Assert.Equal(adherence == AftercareAdherence.AsAdvised, whole.Support.Zip(treated).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12));
        Assert.True(SampleCourse.LargestGain(treated, untreated) > 0);
    }

    [Fact]
    public void TheFirstPairsAreTheSameHoweverManyAreAskedForAndOnOneThreadOrTwo()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan standard = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        ThreadPlan plan = standard with { Threads = [standard.Threads[0]] };
        var draws = new CauseDraws(Reduced(plan, patient, new PredictionOptions { Months = 1, EdgeLengthMm = 14 }), plan, FactValues.Catalogue, course => course.Support);
        CauseDraws.Pair?[] one = draws.Run(2, threads: 1, new Progress<CourseProgress>(), TestContext.Current.CancellationToken, default);
        CauseDraws.Pair?[] two = draws.Run(3, threads: 2, new Progress<CourseProgress>(), TestContext.Current.CancellationToken, default);
        Assert.Equal((2, 3), (one.Length, two.Length));
        foreach ((CauseDraws.Pair? first, CauseDraws.Pair? second) in one.Zip(two))
        {
            Assert.Equal(first!.Point, second!.Point);
            Assert.Equal(first.Values, second.Values);
            Assert.Equal(first.Support, second.Support);
            Assert.Equal(first.MoreSupport, second.MoreSupport);
            Assert.Equal((6, 2), (first.Support.Length, first.MoreSupport.Length));
            Assert.Equal(6, first.Values.Length);
        }

        Assert.NotEqual(two[0]!.Values[0], two[1]!.Values[0]);
    }

    /// <summary>A draw whose tissue response cannot be followed is left out, whichever way it is computed: it ends nothing else.</summary>
    [Fact]
    public void ADrawWithoutASolutionIsNoFault()
    {
        VirtualPatient patient = VirtualPatient.Create(new VirtualPatientTraits());
        ThreadPlan plan = PreviewPlans.Standard(patient, TreatmentArea.Jawline);
        var options = new PredictionOptions { Months = 1, EdgeLengthMm = 14 };
        FactValues impossible = FactValues.Catalogue.With(KeyValuePair.Create("tissue.macrophage.recruitment-by-surface", 1e300));
        ReducedModel model = Reduced(plan, patient, options);
        Assert.Null(model.Sample(impossible, TestContext.Current.CancellationToken));
        CoursePrediction single = CoursePredictor.Predict(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken);
        Assert.Null(model.SampleSupport(impossible, plan));
        Assert.Null(new VariedElasticity(single, options).With(single.Document, impossible, TestContext.Current.CancellationToken));
    }

    private static ReducedModel Reduced(ThreadPlan plan, VirtualPatient patient, PredictionOptions options)
    {
        CoursePrediction single = CoursePredictor.Predict(plan, patient.Scan, "plan", options, null, TestContext.Current.CancellationToken);
        SampleCourse curves = SampleCourse.Of(single.Document.Landmarks, [.. single.Document.SupportIndex], [.. single.Document.UntreatedSupportIndex]);
        return CoursePredictor.Reduce(plan, patient.Scan, "plan", options, single.Tissue, curves, TestContext.Current.CancellationToken);
    }
}
